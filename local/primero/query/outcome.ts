/**
 * A query that the search does not take. `nothing` is answered with 200 and no data, as if there
 * were no such record; `error` with 500.
 */
export class QueryFailure extends Error {
  readonly as: 'nothing' | 'error';

  constructor(as: 'nothing' | 'error', message: string) {
    super(message);
    this.name = 'QueryFailure';
    this.as = as;
  }
}

/** The database rejects the query: the SQL families answer with nothing. */
export const rejected = (): never => {
  throw new QueryFailure('nothing', 'The database rejects this query');
};

/** The application fails on the query: 500. */
export const broken = (message: string): never => {
  throw new QueryFailure('error', message);
};
