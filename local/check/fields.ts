import { FIELDS } from '../../jobs/mapping/fields.ts';
import type { CaseRecord } from '../../jobs/record.ts';
import type { Missing } from './hidden.ts';
import { about, type Line, some } from './line.ts';

/** Always sent, whatever fields are asked for. */
const ALWAYS = ['id', 'enabled', 'record_state', 'last_updated_at'];

const extraLines = (records: readonly CaseRecord[]): Line[] => {
  const extra = new Set(records.flatMap((record) => Object.keys(record)));
  for (const name of [...ALWAYS, ...FIELDS]) extra.delete(name);
  if (extra.size === 0) return [];
  return [
    about('fields').warning(
      `Primero sends fields that were not asked for (${some([...extra])}): the sync drops them`,
      'In Primero, remove the right to view them from the role of the user.',
    ),
  ];
};

/** Which of the mapped fields the user can see, judging by the first children of each indicator. */
export const fieldLines = (
  records: readonly CaseRecord[],
  { hidden, blank }: Missing,
  user: string,
): Line[] => {
  const line = about('fields');
  if (records.length === 0)
    return [line.warning('no case to look at', 'Check again when Primero holds cases.')];
  return [
    ...hidden.map((field) =>
      about(`field ${field}`).problem(
        `the user ${user} may not see it`,
        `Let the role of ${user} in Primero view ${field}, in a form of a case.`,
      ),
    ),
    ...(hidden.length === 0 ? [line.ok(`all ${FIELDS.length} are visible`)] : []),
    ...blank.map((field) =>
      about(`field ${field}`).ok(`visible, and blank in the first ${records.length} cases`),
    ),
    ...extraLines(records),
  ];
};
