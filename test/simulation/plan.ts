import { FAMILIES, type Family } from '../../local/primero/family.ts';
import { CHANGE_KINDS, type ChangeKind } from './changes.ts';
import { FAULT_KINDS, type FaultKind } from './misbehaviour.ts';
import { drawOf } from './random.ts';

/** What is done to the chain and to ONA. */
const CHAIN_KINDS = [
  ...['during', 'kills', 'cuts', 'posts', 'again', 'resume', 'two', 'parts', 'changes', 'range'],
  ...['ask', 'dry', 'hostile', 'hand', 'legacy', 'ageing', 'delay', 'crowd', 'purge'],
] as const;

export type Kind = ChangeKind | FaultKind | (typeof CHAIN_KINDS)[number];
const KINDS: readonly Kind[] = [...CHANGE_KINDS, ...FAULT_KINDS, ...CHAIN_KINDS];

/** What a seed's history is made of. */
export interface Plan {
  seed: number;
  family: Family;
  cases: number;
  /** The most cases of one second. */
  crowded: number;
  largestPage: number;
  batchBytes: number;
  rounds: number;
  kinds: readonly Kind[];
}

/** The plan of a seed. Each has some kinds of events, so that they meet in all combinations. */
export const planOf = (seed: number, family: Family = FAMILIES[seed % FAMILIES.length]!): Plan => {
  const draw = drawOf(seed, 1);
  const share = draw.pick([0.1, 0.2, 0.35, 0.6]);
  const kinds = KINDS.filter(
    (kind) => (draw.chance(share) || kind === 'edits') && (kind !== 'delay' || family === '2.9'),
  );
  const largestPage = 12 + draw.int(29);
  const hasCrowd = kinds.includes('crowd');
  return {
    ...{ seed, family, largestPage, kinds },
    cases: 30 + draw.int(draw.pick([20, 121])),
    crowded: hasCrowd ? 2 * largestPage : Math.max(2, Math.floor(largestPage / 3)),
    batchBytes: hasCrowd ? 120_000 : draw.pick([20_000, 30_000, 60_000, 200_000]),
    rounds: 1 + draw.int(3),
  };
};
