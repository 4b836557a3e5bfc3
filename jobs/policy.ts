/**
 * Policy of the sync: sizes, limits and times, in one place, with units and reasons.
 * The defaults fit the Core plan of the OpenFn platform: 2 MB of state, 256 MB of memory, 5 minutes a run.
 */

/** Records a page. Primero 2.11 and later cut anything above 1,000 to 1,000. */
export const PAGE_SIZE = 1000;

/** Bytes of records that a batch hands on as state: Core keeps 2 MB, and the rest of a state is small. */
export const BATCH_BYTES = 1_800_000;

/** Records of the first page of a chain, when nothing is known of their size: at 200 KB a record it is 40 MB. */
export const FIRST_PAGE = 200;

/** Bytes that a record takes at least as it is handed on. */
export const SMALLEST_ROW_BYTES = 150;

/** A page smaller than this many records is not worth a request at the end of a batch. */
export const SMALLEST_PAGE = 100;

/** Bytes of answers that a run may hold at once: beyond it the next page is halved. */
export const ANSWER_BYTES = 16_000_000;

/** Records of a page that may stand elsewhere than Solr's order and filters say, since they were edited; of 1,000. */
export const MOVED_ON = 10;

/** Passes over one crowded second before it is called unsettled; in simulations five were enough. */
export const PASSES = 50;

/**
 * Passes in a row that bring nobody new, before what is short are ghosts: where each page has an order of its own, a pass
 * misses three in ten, and twelve miss one in a million.
 */
export const QUIET_PASSES = 12;

/** No case can have been created before this: older than any Primero. */
export const START_OF_RECORDS = '1900-01-01T00:00:00Z';

/** All times of creation: a case outside of it has none that could be right. */
export const ALL_CREATION = '1900-01-01T00:00:00Z..2999-01-01T00:00:00Z';

/** Ids that a message asks about: 20 KB of the message. */
export const ASKED_IDS = 500;

/** Ids in one question: an address of 4 KB. */
export const IDS_A_QUESTION = 100;

/** Windows whose totals one batch asks again: a few seconds of requests, 2 KB of the message. */
export const RECOUNTED_WINDOWS = 100;

/**
 * Children that Primero is asked for before a sync writes anything, and the share of them that it must know. Accepted
 * removals are compared with an estimate from the sample, which may be twice what it should be.
 */
export const SAMPLE = { ids: 100, share: 0.9, tolerance: 2 };

/** Children that may be missing from Primero's index, and unseen ones, before a sync stops. */
export const TOLERATED = { unindexed: 20, unseen: 20 };

/** Removals that need nobody's word: so many, or such a share of ONA. The same for rejects of a sync, and for services of a batch. */
export const REMOVALS = { count: 10, share: 0.05 };

/** A batch of at least so many records fails where more than this share is rejected: then the mapping is broken. */
export const BATCH_REJECTS = { from: 100, share: 0.5 };

/** By how much a total may grow while a sync runs, before Primero is said to rebuild its index. */
export const GROWTH = { count: 10, share: 0.01 };

/** Times that one child is asked about in a sync: once, once more before it is removed, and some for ids that become free. */
export const TIMES_ASKED = 5;

/** Hours, by ONA's clock. After `takesBatches` a sync is too old; after `standsStill` another one may begin. */
export const HOURS = { takesBatches: 48, standsStill: 2 };

/**
 * Asking again: exponential back-off with jitter, in seconds. A request without an answer is given up after `timeout`:
 * Primero 2.12 needs 15 s for a page among 300,000 cases. No attempt starts after `deadline`, so that the platform's 5
 * minutes do not end the run without a word. After `enough`, a batch hands on what it has.
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

/** How long Primero may take for its forms, ms, and for its lists. A sync does without them. */
export const LISTS_MS = 30_000;

/**
 * Limits on the database's side, ms: a lock or statement that hangs must not eat the run. After `answerMs` a server that says
 * nothing at all is given up, on this side.
 */
export const DATABASE = {
  lockMs: 60_000,
  statementMs: 120_000,
  idleMs: 120_000,
  answerMs: 150_000,
};

/** Bytes of a text value above which its record is rejected: no code, id or date is longer. */
export const LONGEST_TEXT = 1000;

/** Highest age in years; a higher one is a mistake. */
export const HIGHEST_AGE = 200;
