/** Why a record, or one service of it, cannot be loaded. */
export const REASONS = {
  MISSING: 'a required value is missing',
  NOT_TEXT: 'the value is not a text or code',
  TOO_LONG: 'the text is longer than any code, id or date',
  UNSTORABLE: 'the text holds characters that PostgreSQL cannot store',
  NOT_A_DATE: 'the value is not a date',
  NOT_A_TIME: 'the value is not a date-time',
  NOT_AN_AGE: 'the value is not a whole number of years from 0 to 200',
  NOT_TRUE_OR_FALSE: 'the value is neither true nor false',
  NOT_A_LIST: 'the value is not a list',
  CASE_ID_TAKEN: 'another child has this case_id',
  SERVICE_ID_TAKEN: 'another child has a service with this unique_id',
  SERVICE_ID_TWICE: 'another service of this child has this unique_id',
  NOT_TAKEN: 'a column of ONA does not take the value',
} as const;

export type Reason = keyof typeof REASONS;

/** Thrown when a value cannot be mapped. It holds only the reason, never the value. */
export class Reject extends Error {
  declare readonly reason: Reason;
  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}
