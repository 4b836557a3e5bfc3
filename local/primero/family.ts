/** The Primeros that the sandbox stands for: one version for each family in the field. */
export const FAMILIES = ['2.9', '2.12', '2.14'] as const;

/** `2.9` stands for 2.5 to 2.10, `2.12` for 2.11 and 2.12, `2.14` for 2.13 and on. */
export type Family = (typeof FAMILIES)[number];

/** What sets the families apart. Each line was seen at a real Primero. */
export type FamilyRules = {
  /** What the search runs on: an index beside the database, the JSON of a record, columns and JSON. */
  engine: 'solr' | 'json' | 'columns';
  /** Ranges of `created_at` compare whole units of so many ms; 0: they are exact. */
  createdAtUnit: number;
  /** The same for `last_updated_at`. */
  updatedAtUnit: number;
  /** Times that lie in one unit of so many ms have no order; 0: only equal times have none. */
  orderUnit: number;
  /** A larger `per` is cut to this. */
  largestPage: number;
  /** Whether a range of numbers may be open at its end. If not, such a one finds nothing. */
  openNumbers: boolean;
  /** A range whose start is missing, or is no date: an error, or no filter at all. */
  noStart: 'error' | 'dropped';
  /** What `not[field]=` does with a range. */
  notRange: 'error' | 'nothing' | 'works';
  /** Whether `record_state=false` also finds records that have no state. */
  falseFindsNone: boolean;
  /** Whether a sign-in answers with a token. If not, a cookie lets in. */
  tokenInBody: boolean;
  /** What a question is answered that the search rejects: 500, or 200 with nothing. */
  rejected: 'error' | 'nothing';
};

export const RULES: Readonly<Record<Family, FamilyRules>> = {
  '2.9': {
    engine: 'solr',
    createdAtUnit: 1000,
    updatedAtUnit: 1000,
    orderUnit: 1000,
    largestPage: Number.POSITIVE_INFINITY,
    openNumbers: true,
    noStart: 'error',
    notRange: 'error',
    falseFindsNone: false,
    tokenInBody: true,
    rejected: 'error',
  },
  '2.12': {
    engine: 'json',
    createdAtUnit: 1000,
    updatedAtUnit: 1000,
    orderUnit: 1,
    largestPage: 1000,
    openNumbers: true,
    noStart: 'dropped',
    notRange: 'nothing',
    falseFindsNone: true,
    tokenInBody: false,
    rejected: 'nothing',
  },
  '2.14': {
    engine: 'columns',
    createdAtUnit: 0,
    updatedAtUnit: 1000,
    orderUnit: 0,
    largestPage: 1000,
    openNumbers: false,
    noStart: 'dropped',
    notRange: 'works',
    falseFindsNone: false,
    tokenInBody: false,
    rejected: 'nothing',
  },
};
