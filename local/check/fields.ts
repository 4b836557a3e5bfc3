import { FULL_FIELDS } from '../../jobs/lib/mapping/fields.ts';
import type { Answer, Ask } from './ask-primero.ts';
import { about, type Line, some } from './line.ts';

/** Newest records that are looked at for each field. */
const SAMPLE = 200;

/** Always sent, whatever is asked for. */
const ALWAYS = ['id', 'enabled', 'record_state', 'last_updated_at'];

/** Without these no record can be loaded. */
const REQUIRED = ['id', 'last_updated_at', 'case_id_display'];

export const askFields = (ask: Ask): Promise<Answer> =>
  ask('cases', {
    order_by: 'last_updated_at',
    order: 'desc',
    per: SAMPLE,
    page: 1,
    fields: FULL_FIELDS.join(','),
  });

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

/** Fields of the mapping that none of the newest records has: blank everywhere, or hidden. */
export const missingFields = ({ records }: Answer): string[] => {
  const never = [...REQUIRED, ...FULL_FIELDS].filter((field) =>
    (records ?? []).every((record) => isBlank(record[field])),
  );
  return [...new Set(never)];
};

/** Which of the mapping's fields the user sees; `unseen` are those of the missing that he may not. */
export const fieldLines = (answer: Answer, unseen: readonly string[]): Line[] => {
  const line = about('fields');
  const { records } = answer;
  if (!records || records.length === 0)
    return [line.warning('no case to look at', 'Check again when Primero holds cases.')];
  const missing = missingFields(answer);
  const hidden = missing.filter((field) => REQUIRED.includes(field) || unseen.includes(field));
  const blank = missing.filter((field) => !hidden.includes(field));
  const extra = new Set(records.flatMap((record) => Object.keys(record)));
  for (const name of [...ALWAYS, ...FULL_FIELDS]) extra.delete(name);
  const mend = 'Let the role of the user in the credential "primero" view it, on a form of cases.';
  return [
    ...hidden.map((field) => about(`field ${field}`).problem('the user does not see it', mend)),
    ...blank.map((field) =>
      about(`field ${field}`).warning(
        `blank in all of the newest ${records.length} cases, or not visible`,
        `Fine where nobody fills it in. ${mend}`,
      ),
    ),
    ...(extra.size > 0
      ? [
          line.warning(
            `Primero sends fields that were not asked for (${some([...extra])}): the sync drops them`,
            'Take the rights to view them from the role of the user.',
          ),
        ]
      : []),
    ...(missing.length === 0 ? [line.ok(`all ${FULL_FIELDS.length} are visible`)] : []),
  ];
};
