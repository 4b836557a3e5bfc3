import type { Measure } from '../figures/figure.ts';
import type { ShownFigure } from '../figures/safe.ts';
import { round, type Shown } from '../figures/shown.ts';
import type { Published, ReportData } from './data.ts';
import { ago, inOrder, quarterOf } from './quarters.ts';

/** What of one indicator and measure stands on the page. */
export type Series = {
  /** Quarters with a number, in the order of time. */
  quarters: string[];
  /** The newest quarter that was over when the numbers were complete: the headline is of it. */
  latest: string;
  /** Figures of the indicator and measure. */
  figures: ShownFigure[];
  /** What is shown of a quarter. */
  of(quarter: string): Shown;
  isUnfinished(quarter: string): boolean;
  /** What was published of a quarter, if anything. */
  publishedOf(quarter: string): Published | undefined;
};

/** No child: what is not among the figures. */
export const NONE = round(0);

/** The figures of an indicator and measure. `at` is now, where no census has been complete yet. */
export const toSeries = (
  { figures, freshness, published }: Pick<ReportData, 'figures' | 'freshness' | 'published'>,
  indicator: string,
  measure: Measure,
  at: Date,
): Series => {
  const own = figures.filter((each) => each.indicator === indicator && each.measure === measure);
  const byQuarter = new Map(
    own.filter(({ cut }) => cut === 'quarter').map(({ period, shown }) => [period, shown]),
  );
  const fresh = freshness.find((each) => each.indicator === indicator);
  const current = quarterOf(fresh?.completeBeganAt ?? at);
  const ours = published.filter((each) => each.indicator === indicator && each.measure === measure);
  return {
    quarters: inOrder(byQuarter.keys()),
    latest: ago(current, 1),
    figures: own,
    of: (quarter) => byQuarter.get(quarter) ?? NONE,
    isUnfinished: (quarter) => /^\d/.test(quarter) && quarter >= current,
    publishedOf: (quarter) => ours.find((each) => each.quarter === quarter),
  };
};
