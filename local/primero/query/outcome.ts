/**
 * A query that the search does not take. Family 2.11 answers it with 200 and nothing, as if there
 * were no such record; family 2.9, and errors outside of the search, with 500.
 */
export class QueryFailure extends Error {
  readonly as: 'nothing' | 'error';

  constructor(as: 'nothing' | 'error', message: string) {
    super(message);
    this.name = 'QueryFailure';
    this.as = as;
  }
}

/** The database rejects the query: 200 with no data. */
export const rejected = (): never => {
  throw new QueryFailure('nothing', 'The database rejects this query');
};

/** The application fails on the query: 500. */
export const broken = (message: string): never => {
  throw new QueryFailure('error', message);
};
