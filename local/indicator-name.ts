/** What people read for an indicator of the jobs; one that is not named here is told by its own name. */
const NAMES: Record<string, string> = { under18: 'Under 18', reintegration: 'Reintegration' };

/** The name of an indicator as people read it. */
export const indicatorName = (indicator: string): string => NAMES[indicator] ?? indicator;
