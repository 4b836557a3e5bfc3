/**
 * Policy of the sync: sizes, limits and times, in one place, with units and reasons.
 * The defaults fit the Core plan of the OpenFn platform: 2 MB of state, 256 MB of memory, 5 minutes a run.
 */

/** Records in a page. Primero 2.11 and later reduce anything above 1,000 to 1,000. */
export const PAGE_SIZE = 1000;

/** Bytes of records that a batch passes on as state. Core keeps 2 MB, and the rest of a state is small. */
export const BATCH_BYTES = 1_800_000;

/** Records in the first page of a chain, when their size is not known yet. At 200 KB a record this is 40 MB. */
export const FIRST_PAGE = 200;

/** The fewest bytes that a record takes when it is passed on. */
export const SMALLEST_ROW_BYTES = 150;

/** A page with fewer records than this is not worth a request at the end of a batch. */
export const SMALLEST_PAGE = 100;

/** Bytes of answers that a run may hold at once. If an answer is larger, the next page is halved. */
export const ANSWER_BYTES = 16_000_000;

/** How many of 1,000 records of a page may violate the filters or the order, because they were edited after Solr indexed them. */
export const MOVED_ON = 10;

/** Passes over one crowded second before it counts as unsettled. In simulations five were enough. */
export const PASSES = 50;

/**
 * Passes in a row that bring no new record, before the records that are still missing count as ghosts. If each page has
 * its own order, one pass misses three in ten, and twelve passes miss one in a million.
 */
export const QUIET_PASSES = 12;

/** No case can have been created before this time, which is before any Primero existed. */
export const START_OF_RECORDS = '1900-01-01T00:00:00Z';

/** All times of creation. A case outside of this range has no time that could be right. */
export const ALL_CREATION = '1900-01-01T00:00:00Z..2999-01-01T00:00:00Z';

/** Ids that a message asks about: 20 KB of the message. */
export const ASKED_IDS = 500;

/** Ids in one question: this makes an address of 4 KB. */
export const IDS_A_QUESTION = 100;

/** Windows whose totals one batch asks for again: a few seconds of requests, and 2 KB of the message. */
export const RECOUNTED_WINDOWS = 100;

/**
 * Children that Primero is asked for before a sync writes anything, and the share of them that it must know. Accepted
 * removals are compared with an estimate from the sample, which may be twice what it should be.
 */
export const SAMPLE = { ids: 100, share: 0.9, tolerance: 2 };

/** How many children may be missing from Primero's index, and how many may be unseen, before a sync stops. */
export const TOLERATED = { unindexed: 20, unseen: 20 };

/** Removals that nobody must confirm: this many, or this share of ONA. The same limits hold for rejects of a sync and for services of a batch. */
export const REMOVALS = { count: 10, share: 0.05 };

/** A batch of at least this many records fails if more than this share is rejected: then the mapping is broken. */
export const BATCH_REJECTS = { from: 100, share: 0.5 };

/** How much a total may grow while a sync runs. If it grows more, Primero is taken to be rebuilding its index. */
export const GROWTH = { count: 10, share: 0.01 };

/** How often one child may be asked about in a sync: once, once more before it is removed, and some times for ids that become free. */
export const TIMES_ASKED = 5;

/** Hours, by ONA's clock. After `takesBatches` a sync is too old to take batches. After `standsStill` without a batch another one may begin. */
export const HOURS = { takesBatches: 48, standsStill: 2 };

/**
 * Asking again: exponential back-off with jitter, in seconds. A request without an answer is given up after `timeout`:
 * Primero 2.12 needs 15 s for a page among 300,000 cases. No attempt starts after `deadline`, so that the run ends with
 * an error before the platform's 5 minutes are over. After `enough`, a batch passes on what it has.
 */
export const RETRY = {
  attempts: 6,
  first: 1,
  factor: 2,
  longest: 60,
  timeout: 60,
  deadline: 200,
  enough: 120,
};

/** How long Primero may take to send its forms, and how long for its lists, ms. A sync can do without them. */
export const LISTS_MS = 30_000;

/**
 * Limits of the database, ms: a lock or statement that hangs must not use up the run's time. `answerMs` is a limit on our
 * side: after it, a server that does not answer at all is given up.
 */
export const DATABASE = {
  lockMs: 60_000,
  statementMs: 120_000,
  idleMs: 120_000,
  answerMs: 150_000,
};

/** Bytes of a text value above which its record is rejected. No code, id or date is longer. */
export const LONGEST_TEXT = 1000;

/** Highest age in years. A higher one is a mistake. */
export const HIGHEST_AGE = 200;
