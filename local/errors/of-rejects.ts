import type { Reason } from '../../jobs/mapping/reject.ts';

/** What to do about a record or a service that could not be loaded, by its reason. What a reason means is written in jobs/mapping/reject.ts. */
export const REJECT_TODO: Readonly<Record<Reason, string>> = {
  MISSING:
    'Fill in the field in Primero: for a case its display id, for a service its `unique_id`.',
  NOT_TEXT:
    'Correct the value in Primero. If all records have such a value, the form has changed: tell whoever maintains the mapping.',
  TOO_LONG: 'Correct the value in Primero. No code, id or date is that long.',
  UNSTORABLE: 'Type the value again in Primero.',
  NOT_A_DATE: 'Correct the date in Primero.',
  NOT_A_TIME: 'Correct the date and time in Primero.',
  NOT_AN_AGE: 'Correct the age in Primero.',
  NOT_TRUE_OR_FALSE: 'Answer the question again in Primero.',
  NOT_A_LIST:
    'Correct the value in Primero. If all records have such a value, the form has changed: tell whoever maintains the mapping.',
  CASE_ID_TAKEN:
    'Two children were given the same display id, which `wanted` names. If one case is a duplicate, disable it. Otherwise give one of them a new id.',
  SERVICE_ID_TAKEN:
    'Usually a case was entered twice: disable the duplicate. If both cases are right, enter the service again in Primero.',
  SERVICE_ID_TWICE: 'Enter one of the two services again in Primero, so that it gets its own id.',
  NOT_TAKEN:
    'A column that was changed in ONA is too short, may not be empty, or checks its values. Make it accept the value.',
};
