import type { Client } from 'pg';
import type { PrimeroCredential } from '../local/credentials/schema.ts';
import { inProject } from '../local/paths.ts';
import { runChain } from './chain/run-chain.ts';
import type { ChainResult, ChainTask } from './chain/types.ts';
import { type Floor, measureFloor } from './floor.ts';
import { type BenchOna, createOna, serverVersion, withClient } from './servers/database.ts';
import { startPrimero } from './servers/primero.ts';

/** One sync: what it took, and how many cases and services ONA holds after it. */
export type Measured = { chain: ChainResult; cases: number; services: number };

/** One round: each way once, in turn, as the speed of a machine that is shared changes by the minute. */
export type Round = {
  /** As one chain, as on the platform. */
  ours: Measured;
  /** As the command does it on this machine. */
  sliced: Measured;
  reference: Measured;
  floor: Floor | null;
};

export type WholeSync = { kind: 'PostgreSQL' | 'PGlite'; rounds: Round[] };

const ROUNDS = 3;

/** Cases for the reference: so many that loading takes as small a share of its time as of ours. */
const REFERENCE_CASES = 4000;

const countRows = async (client: Client) => {
  const { rows } = await client.query(
    'SELECT (SELECT count(*)::integer FROM cases) AS cases, (SELECT count(*)::integer FROM services) AS services',
  );
  return rows[0] as { cases: number; services: number };
};

/** Runs `measure` with an ONA of its own. */
const withOna = async <T>(measure: (ona: BenchOna) => Promise<T>): Promise<T> => {
  const ona = await createOna();
  try {
    return await measure(ona);
  } finally {
    await ona.drop();
  }
};

const syncInto = async (
  ona: BenchOna,
  task: Omit<ChainTask, 'credentials'>,
  primero: PrimeroCredential,
) => {
  const chain = await runChain({ ...task, credentials: { primero, ona: ona.credential } });
  return { chain, ...(await withClient(ona.credential, countRows)) };
};

const measureRound = async (primero: PrimeroCredential, few: PrimeroCredential): Promise<Round> => {
  const plain = {
    workflowPath: inProject('bench', 'reference', 'workflow.json'),
    message: { page: 1 },
  };
  const reference = await withOna((ona) => syncInto(ona, plain, few));
  const sliced = await withOna((ona) => syncInto(ona, { slices: 0 }, primero));
  return withOna(async (ona) => {
    const ours = await syncInto(ona, {}, primero);
    // COPY is not in PGlite's wire protocol.
    const floor =
      ona.kind === 'PGlite' ? null : await measureFloor(primero, ona.credential, ours.chain.paths);
    return { ours, sliced, reference, floor };
  });
};

/**
 * A whole first sync of `cases` cases, as one chain and as the command does it; the same the plain way, of fewer;
 * and the floor under it. Each some times, in turn.
 */
export const measureWholeSync = async (cases: number, seed: number): Promise<WholeSync> => {
  const few = await startPrimero(Math.min(cases, REFERENCE_CASES), seed);
  const primero = await startPrimero(cases, seed);
  try {
    const rounds: Round[] = [];
    while (rounds.length < ROUNDS)
      rounds.push(await measureRound(primero.credential, few.credential));
    return { kind: (await serverVersion()) ? 'PostgreSQL' : 'PGlite', rounds };
  } finally {
    await few.stop();
    await primero.stop();
  }
};
