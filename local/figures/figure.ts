/** The tables that figures are kept of; what period and keys of each are says db/migrations/012. */
export const CUTS = [
  'quarter',
  'province',
  'sex and age',
  'disability',
  'placement',
  'district',
  'left out',
] as const;
export type Cut = (typeof CUTS)[number];

/** Children registered in the quarter, or with a service in it. */
export type Measure = 'registered' | 'served';

/** How many children are in one cell. A key is '' where it is not recorded. */
export type Figure = {
  /** As in reports to donors, such as 4.8. */
  indicator: string;
  measure: Measure;
  cut: Cut;
  /** A quarter such as 2026-Q4, a year, or `unknown`. */
  period: string;
  key1: string;
  key2: string;
  children: number;
};

/** One text for a cell, within all figures. */
export const keyOf = ({ indicator, measure, cut, period, key1, key2 }: Omit<Figure, 'children'>) =>
  JSON.stringify([indicator, measure, cut, period, key1, key2]);
