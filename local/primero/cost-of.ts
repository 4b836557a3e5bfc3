import { COSTS, type Costs, REQUEST_MS, WHOLE } from './costs.ts';
import type { Family } from './family.ts';

/** What a question's cost depends on. */
export type Question = {
  /** Fields that the search was asked for, without the filters that it dropped. */
  filters: readonly string[];
  /** The field in whose order the answer is. */
  orderBy: string;
  /** Cases that Primero holds. */
  cases: number;
  /** Those of them that were created in the range asked for. */
  inRange: number;
  /** Records in the answer. */
  records: number;
  /** How many fields were named; undefined: records are whole. */
  fields: number | undefined;
  /** It asks for ids, or for a value that no record has. */
  impossible: boolean;
};

/** ms of one record: on the line between the two numbers of fields that were measured. */
const recordCost = ({ perRecord }: Costs, fields: number): number => {
  const after = perRecord.findIndex(([known]) => known >= fields);
  const upper = Math.max(1, after < 0 ? perRecord.length - 1 : after);
  const [x0, y0] = perRecord[upper - 1]!;
  const [x1, y1] = perRecord[upper]!;
  return y0 + ((fields - x0) * (y1 - y0)) / (x1 - x0);
};

/** ms that the search takes to find and count. */
const searchCost = ({ perCase }: Costs, { filters, orderBy, cases, inRange }: Question): number => {
  const ranged = filters.includes('created_at');
  const updated = filters.includes('last_updated_at');
  const ordered = orderBy === 'last_updated_at';
  const others = ['created_at', 'last_updated_at', 'age', 'record_state', 'id'];
  const each = [
    filters.length === 0 ? perCase.nothing : 0,
    ranged ? perCase.createdAt : 0,
    filters.some((name) => name === 'age' || name === 'record_state') ? perCase.ageOrState : 0,
    filters.some((name) => !others.includes(name))
      ? ranged
        ? perCase.otherInRange
        : perCase.other
      : 0,
    updated && !ranged ? perCase.updatedAt : 0,
    ordered && !ranged ? perCase.updatedAtOrder : 0,
  ].reduce((sum, ms) => sum + ms, 0);
  const inRangeOnly = updated && ranged ? perCase.updatedAtInRange * inRange : 0;
  return Math.min(each * cases + inRangeOnly, perCase.most * cases);
};

/** ms that a real Primero of this family takes for a question, on one of its workers. */
export const costOf = (family: Family, question: Question): number => {
  const costs = COSTS[family];
  const free = question.impossible && !costs.impossibleCosts;
  return (
    REQUEST_MS +
    recordCost(costs, question.fields ?? WHOLE) * question.records +
    (free ? 0 : searchCost(costs, question))
  );
};
