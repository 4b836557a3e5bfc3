import type { Measure } from '../figures/figure.ts';
import type { ShownFigure } from '../figures/safe.ts';
import type { Shown } from '../figures/shown.ts';

/** What the page shows. It holds no exact count of children: only what may be published. */

/** A value with its labels; null where it is not known, or has no label in that language. */
export type Labelled = { value: string | null; en: string | null; km: string | null };

/** What labels are of. */
export type LabelKind =
  | 'province'
  | 'district'
  | 'sex'
  | 'age_group'
  | 'disabled'
  | 'placement_type';
export type Labels = Record<LabelKind, ReadonlyMap<string, Labelled>>;

/** What was published of a quarter, and why it is another number now. */
export type Published = {
  indicator: string;
  measure: Measure;
  quarter: string;
  publishedAt: Date;
  shown: Shown;
  /** Codes of reasons, without counts: those would give small numbers away. */
  reasons: string[];
};

/** What an indicator counts, as `indicator_definitions` says it. */
export type Definition = {
  code: string;
  /** The name of the indicator in `case_indicators`. */
  name: string;
  measures: Measure[];
  /** A second name that a child must count for; null where there is none. */
  also: string | null;
  needsConsent: boolean;
  byPlacement: boolean;
  titleEn: string;
  titleKm: string | null;
};

/** How far an indicator can be trusted, as `data_freshness` says it. */
export type Freshness = {
  indicator: string;
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
export type Unlabelled = { column: string; value: string | null; '4.8': Shown; '4.11a': Shown };

export type ReportData = {
  /** In the order of the page. */
  definitions: Definition[];
  freshness: Freshness[];
  figures: ShownFigure[];
  /** The newest published version of each quarter. */
  published: Published[];
  labels: Labels;
  /** Placements that do not count where placements decide; a null value is none recorded. */
  uncounted: Labelled[];
  unlabelled: Unlabelled[];
  /** Labels of columns, by name. */
  columns: Record<string, Labelled>;
};
