import type { Family } from './family.ts';

/** What a real Primero of a family takes to answer, all in ms. */
export type Costs = {
  /** A record with so many fields asked for; in between lies a straight line. */
  perRecord: readonly (readonly [fields: number, ms: number])[];
  /** Each case that Primero holds, for each thing that is asked. */
  perCase: {
    nothing: number;
    createdAt: number;
    ageOrState: number;
    /** A filter on any other field. */
    other: number;
    /** The same together with a range of `created_at`. */
    otherInRange: number;
    updatedAt: number;
    /** To put the answer in the order of `last_updated_at`. */
    updatedAtOrder: number;
    /** A filter on `last_updated_at` for each case created in the range that is asked for as well. */
    updatedAtInRange: number;
    /** However much is asked, it does not cost more than this. */
    most: number;
  };
  /** Whether a value that no record has costs what its filters cost. If not, nothing. */
  impossibleCosts: boolean;
};

/** ms of every request, before anything else: most of it goes to checking the password. */
export const REQUEST_MS = 130;

/** Fields of a whole record. */
export const WHOLE = 180;

const FREE = {
  nothing: 0,
  createdAt: 0,
  ageOrState: 0,
  other: 0,
  otherInRange: 0,
  updatedAt: 0,
  updatedAtOrder: 0,
  updatedAtInRange: 0,
  most: 0,
};

/**
 * Measured at real Primeros on one machine of 2 cores, two workers, with records of 11 KB: 2.9 with
 * 6,000 cases, 2.12 with 20,000, 2.14 with 20,000 and 80,000. Single questions scatter by 15 %.
 */
export const COSTS: Readonly<Record<Family, Costs>> = {
  '2.9': {
    perRecord: [
      [4, 0.65],
      [15, 0.95],
      [WHOLE, 3.3],
    ],
    perCase: FREE,
    impossibleCosts: false,
  },
  // Every question reads every case: 50 to 100 µs for each, whatever it asks.
  '2.12': {
    perRecord: [
      [4, 0.65],
      [15, 0.9],
      [WHOLE, 3.4],
    ],
    perCase: {
      nothing: 0.025,
      createdAt: 0.05,
      ageOrState: 0.09,
      other: 0.01,
      otherInRange: 0.01,
      updatedAt: 0.05,
      updatedAtOrder: 0,
      updatedAtInRange: 0.05,
      most: 0.1,
    },
    impossibleCosts: true,
  },
  // Columns with an index cost nothing; `last_updated_at` reads the JSON of every case.
  '2.14': {
    perRecord: [
      [4, 0.65],
      [15, 0.9],
      [WHOLE, 3.4],
    ],
    perCase: {
      nothing: 0,
      createdAt: 0,
      ageOrState: 0.001,
      other: 0.01,
      otherInRange: 0,
      updatedAt: 0.045,
      updatedAtOrder: 0.045,
      updatedAtInRange: 0.06,
      most: Number.POSITIVE_INFINITY,
    },
    impossibleCosts: false,
  },
};
