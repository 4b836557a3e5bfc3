import type { Indicator } from '../indicators.ts';
import type { CaseRecord } from '../record.ts';
import { toMs } from '../time.ts';
import type { Range } from './question.ts';
import { createdMs, type Sorted } from './trust.ts';

/** One indicator's answer about a window. */
export interface Answer extends Sorted {
  indicator: Indicator;
  /** Records that Primero counts and does not have. Those of a second between two questions may be there twice. */
  ghosts: number;
}

/** A child of a window, and the indicators whose answers brought it as one; none where it has moved on. */
export interface Child {
  record: CaseRecord;
  broughtBy: string[];
}

/** A window as its answers have it. */
export interface WindowRead extends Range {
  /** Its children. One that several answers brought is there once. */
  children: Child[];
  /** By indicator: records that Primero counts and does not have, as of its answer. */
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

/** What the answers of a window say together. */
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
