import type { Lists } from '../asking/batch.ts';
import { INDICATORS } from '../indicators.ts';
import type { MappedChild, WriteState } from './state.ts';
import type { Counts, Summary } from './summary.ts';

const noCounts = (): Counts => ({ read: 0, new: 0, changed: 0, unchanged: 0, rejected: 0 });

/** Which count a child belongs to. If Primero's answer is older than what ONA has, the child is unchanged. */
const columnOf = (child: MappedChild, { outcomes }: WriteState) => {
  const outcome = outcomes.get(child.id);
  if (outcome === 'new' || outcome === 'changed') return outcome;
  return outcome === undefined ? 'rejected' : 'unchanged';
};

/** Adds a child to the counts of the indicators that it counts for, and to those of all. */
const add = (child: MappedChild, state: WriteState, { indicators, all }: Summary): void => {
  const column = columnOf(child, state);
  for (const name of child.indicators) {
    indicators[name]!.read += 1;
    indicators[name]![column] += 1;
  }
  all.read += child.indicators.length;
  all.inSeveral += child.indicators.length - 1;
  all[column] += 1;
};

/** What has changed, as `sex.male: Male → Boy`, `sex.other: new → Other` or `sex: Sex → gone`. */
export const changesIn = (before: Lists, now: Lists): string[] =>
  Object.keys({ ...before, ...now })
    .filter((key) => before[key] !== now[key])
    .map((key) => `${key}: ${before[key] ?? 'new'} → ${now[key] ?? 'gone'}`);

/** The summary of a batch. If the batch wrote nothing, it has no counts. */
export const summarise = (
  state: WriteState,
  did: Summary['did'],
  { state: after, reason }: Pick<Summary, 'state' | 'reason'>,
): Summary => {
  const { batch, services, gone, removed } = state;
  const {
    lists,
    message: { syncId, part, batch: number },
  } = batch;
  const isWritten = did === 'wrote';
  const ghosts = (name: string) =>
    batch.windows.reduce((sum, { counts }) => sum + (counts[name]?.[1] ?? 0), 0);
  const children = isWritten ? state.children : [];
  const counting = children.filter(({ indicators }) => indicators.length > 0);
  const summary: Summary = {
    ...{ syncId, part, batch: number, did, state: after, reason },
    indicators: Object.fromEntries(
      INDICATORS.map(({ name }) => [name, { ...noCounts(), ghosts: isWritten ? ghosts(name) : 0 }]),
    ),
    all: { ...noCounts(), inSeveral: 0 },
    left: children.length - counting.length,
    returned: children.filter(({ id, indicators }) => {
      return indicators.length === 0 && state.outcomes.get(id) === 'new';
    }).length,
    found: { counts: 0, left: 0, disabled: 0, deleted: 0, unseen: 0 },
    services: { written: services.written, removed: services.removed + (removed?.services ?? 0) },
    removed: gone + (removed?.children ?? 0),
    remaining: isWritten ? batch.left : null,
    unmapped: isWritten ? state.unmapped : {},
    ...{ lists, listsChanged: lists ? changesIn(state.listsBefore ?? lists, lists) : [] },
  };
  for (const child of counting) add(child, state, summary);
  if (isWritten) for (const { finding } of batch.findings) summary.found[finding] += 1;
  return summary;
};
