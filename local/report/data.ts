/** What the page shows, as the views say it. */

export type IndicatorName = '4.8' | '4.11a';

/** A value with its labels; null where it is not known, or has no label in that language. */
export type Labelled = { value: string | null; en: string | null; km: string | null };

/** Children of one quarter of registration and one province. */
export type Cell = { quarter: string; province: Labelled; children: number };

/** How the children of an indicator divide by one column. `all` is what they are counted out of. */
export type Part = Labelled & { children: number; all: number };

/** The columns that an indicator is divided by, in the order of the page. */
export const DIMENSIONS = ['sex', 'age_group', 'placement_type', 'disability', 'consent'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export type Indicator = {
  /** Children that the indicator counts. */
  children: number;
  /** 4.8: all cases in reintegration. 4.11a: those of the children who have a service. */
  all: number;
  cells: Cell[];
  parts: Record<Dimension, Part[]>;
};

/** How far an indicator can be trusted, as `data_freshness` says it. */
export type Freshness = {
  indicator: IndicatorName;
  isComplete: boolean;
  /** When the last complete census began: what the numbers are complete up to. */
  completeBeganAt: Date | null;
  /** For whom that census is not complete. */
  completeButFor: string | null;
  /** Up to when changes were brought over since. */
  changesTo: Date | null;
  underWayBeganAt: Date | null;
  underWayLastBatchAt: Date | null;
  /** The newest census since that ended without being complete. */
  incompleteBeganAt: Date | null;
  incompleteBecause: string | null;
  rejectedCases: number;
  rejectedServices: number;
  unseen: number;
};

/** A value in use that has no label; `value` is null where the value itself is not shown. */
export type Unlabelled = { column: string; value: string | null } & Record<IndicatorName, number>;

export type ReportData = {
  freshness: Record<IndicatorName, Freshness>;
  unlabelled: Unlabelled[];
  indicators: Record<IndicatorName, Indicator>;
  /** Children of 4.11a by type of service: a child with two types is in both. */
  services: Part[];
  /** Placements that do not count for 4.8; a null value is none recorded. */
  uncounted: Labelled[];
  /** Labels of columns, by name. */
  columns: Record<string, Labelled>;
};
