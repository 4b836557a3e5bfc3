import type { Reason } from '../../jobs/mapping/reject.ts';

/** What to do about a record or a service that could not be loaded, by its reason. What a reason means stands in the jobs. */
export const REJECT_TODO: Readonly<Record<Reason, string>> = {
  MISSING:
    'Fill the field in, in Primero: for a case its display id, for a service its `unique_id`.',
  NOT_TEXT:
    'Correct the value in Primero. If all records have it so, the form has changed: tell whoever keeps the mapping.',
  TOO_LONG: 'Correct the value in Primero: what stands there is not a code.',
  UNSTORABLE: 'Type the value anew in Primero.',
  NOT_A_DATE: 'Correct the date in Primero.',
  NOT_A_TIME: 'Correct the date and time in Primero.',
  NOT_AN_AGE: 'Correct the age in Primero.',
  NOT_TRUE_OR_FALSE: 'Answer the question anew in Primero.',
  NOT_A_LIST:
    'Correct the value in Primero. If all records have it so, the form has changed: tell whoever keeps the mapping.',
  CASE_ID_TAKEN:
    'Two children drew the same display id. Disable the case that is a duplicate, or give one a new id. `wanted` names the id.',
  SERVICE_ID_TAKEN:
    'Mostly a case that was entered twice: disable the one that is a duplicate. If both are right, enter the service anew in Primero.',
  SERVICE_ID_TWICE: 'Enter one of the two anew in Primero, so that it gets an id of its own.',
  NOT_TAKEN:
    "A column that ONA's people changed is too short, may not be empty, or checks its values: widen it.",
};
