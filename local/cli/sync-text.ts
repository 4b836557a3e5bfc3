import type { LedgerSync, Rejects } from '../ledger/read-sync.ts';
import { type Sums, sumUp } from '../ledger/sums.ts';
import { number, plural } from '../words.ts';
import { countsTable } from './counts-table.ts';

const list = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

const counted = (count: number, word: string, meaning: string): string =>
  `${number(count).padStart(9)}  ${word.padEnd(9)} ${meaning}`;

const ghostsOf = ({ indicators }: Sums): number =>
  Object.values(indicators).reduce((sum, { ghosts }) => sum + ghosts, 0);

/**
 * What Primero said of children that were asked about by id: in a census, those in ONA that were in no answer. And
 * how many its search counts but no longer has.
 */
const absentLines = ({ kind, state, findings, heldBefore }: LedgerSync, sums: Sums): string[] => {
  const { left, disabled, deleted, unseen, open } = findings;
  const ghosts = ghostsOf(sums);
  const asksNobody = left + disabled + deleted + unseen + open + ghosts === 0;
  if (asksNobody && (kind !== 'census' || heldBefore === 0)) return [];
  const isRemoved = kind === 'census' && state === 'complete';
  const gone = isRemoved
    ? 'removed, with their services'
    : 'kept: only a complete census removes children';
  return [
    kind === 'census'
      ? 'Children in ONA that were in no answer, and were asked about by id:'
      : 'Asked about by id:',
    counted(left, 'left', 'count for no indicator now: kept, and up to date'),
    counted(disabled, 'disabled', gone),
    counted(deleted, 'deleted', gone),
    counted(unseen, 'unseen', 'the user in Primero may not see them: kept'),
    ...(open > 0 ? [counted(open, 'open', 'not asked about yet')] : []),
    counted(
      ghosts,
      'ghosts',
      "not asked about: Primero's search counts them, but no longer has them",
    ),
  ];
};

/** How the number of children in ONA came about. */
const heldLine = (
  { heldBefore, heldAfter, expired }: LedgerSync,
  { all, returned, removed }: Sums,
): string[] =>
  heldAfter === null
    ? []
    : [
        `ONA held ${plural(heldBefore, 'child', 'children')}, ${number(all.new)} are new${returned > 0 ? `, ${number(returned)} came back` : ''}, ${number(removed)} were removed${expired > 0 ? `, ${number(expired)} are kept no longer` : ''}: it holds ${number(heldAfter)} now.`,
      ];

export const rejectLines = (rejects: Rejects): string[] =>
  list(
    'Not loaded (`rejects` lists each of them):',
    rejects.map(
      ({ count, scope, field, reason }) => `${number(count)} × ${scope}, ${field}: ${reason}`,
    ),
  );

/** What a sync did, from what ONA keeps of it: a table and lines whose numbers add up. */
export const syncText = (sync: LedgerSync, width?: number): string[] => {
  const sums = sumUp(sync.summaries);
  const { all, services, unmapped } = sums;
  return [
    countsTable(sums, { width, isFirst: sync.heldBefore === 0 }),
    `${plural(all.inSeveral, 'child counts', 'children count')} for several indicators. They are in the line of each, and once in All.`,
    ...absentLines(sync, sums),
    ...heldLine(sync, sums),
    `Services: ${number(services.written)} written, ${number(services.removed)} removed.`,
    ...rejectLines(sync.rejects),
    ...list(
      'Stored as they came, because no label or place is known for them (`check` lists the codes):',
      Object.entries(unmapped).map(([field, count]) => `${number(count)} × ${field}`),
    ),
    ...list(
      "Changed in Primero's forms and lists since the previous sync (compare with `check` and config/codes.json):",
      sync.summaries.flatMap(({ listsChanged = [] }) => listsChanged),
    ),
  ];
};

/** Whether a sync changed nothing in ONA. */
export const isStill = (sync: LedgerSync): boolean => {
  const { all, services, removed } = sumUp(sync.summaries);
  const gone = removed + sync.expired;
  return all.new + all.changed + gone + services.written + services.removed === 0;
};
