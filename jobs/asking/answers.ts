import type { Indicator } from '../indicators.ts';
import type { CaseRecord } from '../record.ts';
import { toMs } from '../time.ts';
import type { Range } from './question.ts';
import { createdMs, type Sorted } from './trust.ts';

/** The answer about a window for one indicator. */
export interface Answer extends Sorted {
  indicator: Indicator;
  /** Records that Primero counts but does not have. Those of a second between two questions may be counted twice. */
  ghosts: number;
}

/** A child of a window, and the indicators whose answers it was in; none if the record has changed since it was indexed. */
export interface Child {
  record: CaseRecord;
  broughtBy: string[];
}

/** A window, as its answers describe it. */
export interface WindowRead extends Range {
  /** Its children. A child in several answers is here once. */
  children: Child[];
  /** By indicator: records that Primero counts but does not have, as of its answer. */
  ghosts: Record<string, number>;
}

/** Whether a record was created in a range. */
export const createdIn = ({ from, to }: Range) => {
  const [first, end] = [toMs(from), to === null ? Number.POSITIVE_INFINITY : toMs(to)];
  return (record: CaseRecord): boolean => {
    const created = createdMs(record);
    return created >= first && created < end;
  };
};

/** Combines the answers about a window. */
export const toWindow = (answers: readonly Answer[], { from, to }: Range): WindowRead => {
  const isInside = createdIn({ from, to });
  const children = new Map<string, Child>();
  const add = (record: CaseRecord, by: string[]) => {
    const broughtBy = [...(children.get(record.id)?.broughtBy ?? []), ...by];
    children.set(record.id, { record, broughtBy });
  };
  for (const { indicator, kept, moved } of answers) {
    for (const record of kept.filter(isInside)) add(record, [indicator.name]);
    for (const record of moved) add(record, []);
  }
  return {
    from,
    to,
    children: [...children.values()],
    ghosts: Object.fromEntries(answers.map(({ indicator, ghosts }) => [indicator.name, ghosts])),
  };
};
