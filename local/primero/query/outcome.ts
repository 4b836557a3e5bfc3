/**
 * A query that the search does not take. `error` is answered with 500; `rejected` as the family does
 * it: with 500 as well, or with 200 and no data, as if there were no such record.
 */
export class QueryFailure extends Error {
  readonly as: 'rejected' | 'error';

  constructor(as: 'rejected' | 'error', message: string) {
    super(message);
    this.name = 'QueryFailure';
    this.as = as;
  }
}

/** The search rejects the query: SQL families answer with nothing, Solr's with 500. */
export const rejected = (): never => {
  throw new QueryFailure('rejected', 'The search rejects this query');
};

/** The application fails on the query: 500. */
export const broken = (message: string): never => {
  throw new QueryFailure('error', message);
};
