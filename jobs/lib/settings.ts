/**
 * Policy of the sync: sizes, limits and times, in one place, with units and reasons.
 * The defaults fit the Core plan of the OpenFn platform: 2 MB of state, 256 MB of memory, 5 minutes a run.
 */

/** Records a page. Primero 2.10 and later cut anything above 1,000 to 1,000. */
export const PAGE_SIZE = 1000;

/** Bytes of records that a batch hands on as state: a quarter below the 2 MB that Core keeps. */
export const BATCH_BYTES = 1_500_000;

/** The most that a message may ask for in its place: a quarter below the 10 MB that the Growth plan keeps. */
export const MAX_BATCH_BYTES = 7_500_000;

/** Bytes that one record usually takes as state; the first page is sized by it, later ones by what came. */
export const TYPICAL_RECORD_BYTES = { full: 420, minimal: 150 };

/** A page smaller than this many records is not worth a request at the end of a batch. */
export const SMALLEST_PAGE = 100;

/** Seconds that a window ends before now: clocks differ, transactions commit late, Solr indexes late. */
export const SAFETY_LAG_SECONDS = 600;

/** Seconds by which the clocks of two machines that run the jobs may differ. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/**
 * Seconds after its fetch in which a batch may be written. An older one may hold records that another
 * batch has since seen disabled or changed; below the safety lag no other batch can have.
 */
export const MAX_BATCH_AGE_SECONDS = 300;

/** No case can have been updated before this: older than any Primero. */
export const START_OF_RECORDS = '1970-01-01T00:00:00Z';

/** Highest age that Primero is asked for when it is asked who is no longer a child, in years. */
export const HIGHEST_AGE = 200;

/** Passes over one second before it is called unreadable; in simulations three were enough. */
export const MAX_PASSES = 50;

/** Ids of records changed after the window that a proof of completeness can set aside. */
export const MAX_CHANGED_IDS = 10_000;

/** Times that a difference is counted anew before it is believed: a record may move between two questions. */
export const PROOF_ATTEMPTS = 3;

/** Parts that a range is split into when a difference is searched in it. */
export const AUDIT_PARTS = 16;

/** Ranges that one message asks to count: each is a small request to Primero, and 100 bytes of the message. */
export const MAX_AUDITS = 32;

/** Requests to Primero that are under way at once. */
export const CONCURRENT_REQUESTS = 4;

/** Times that a sync reads ranges again to mend a difference, before it fails with the numbers. */
export const MAX_MENDS = 3;

/** Share of surplus cases above which none is taken out: then it is the permissions that changed. */
export const MAX_SURPLUS_SHARE = 0.05;

/** Surplus cases that are always taken out: in a small ONA, two are more than 5 %. */
export const TOLERATED_SURPLUS = 10;

/** Share of rejected records above which a batch fails: then it is not the records that are wrong. */
export const MAX_REJECTED_SHARE = 0.05;

/** Rejected records that never fail a batch: in a small one, two are more than 5 %. */
export const TOLERATED_REJECTS = 10;

/** Asking again: exponential back-off with jitter, within the time that a run has. */
export const RETRY = {
  attempts: 6,
  firstDelaySeconds: 1,
  factor: 2,
  longestDelaySeconds: 60,
  /** A request without an answer is given up. Primero needs seconds for a page of 1,000. */
  timeoutSeconds: 60,
  /** get-cases gives up in time for the platform's 5 minutes not to end the run without a word. */
  deadlineSeconds: 200,
  /** After this, a batch that has something hands it on rather than ask for another page. */
  enoughSeconds: 120,
};

/** Limits on the database's side, in milliseconds: a lock or statement that hangs must not eat the run. */
export const DATABASE = { lockTimeoutMs: 60_000, statementTimeoutMs: 120_000 };

/** Bytes of a text value above which its record is rejected: no code, id or date is longer. */
export const LONGEST_TEXT = 1000;
