import indicators from '#config/indicators.json' with { type: 'json' };

/** The name of an indicator as people read it; one that config/ no longer has is told by its own name. */
export const indicatorName = (indicator: string): string =>
  indicators.find(({ name }) => name === indicator)?.label ?? indicator;

/** The same with its code in donor reports: `Under 18 (4.11a)`. */
export const indicatorWithCode = (indicator: string): string => {
  const code = indicators.find(({ name }) => name === indicator)?.code;
  return code === undefined ? indicator : `${indicatorName(indicator)} (${code})`;
};
