import type { Indicator } from '../../../jobs/lib/indicators.ts';

/** The requests of a sync as people read them, in the order in which they are shown. */
export const INDICATOR_NAMES: Record<Indicator, string> = {
  reintegration: 'Reintegration',
  under18: 'Under 18',
  leavers: 'Leavers',
};
