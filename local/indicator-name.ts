import indicators from '#config/indicators.json' with { type: 'json' };

/** The name of an indicator for people. If config/ no longer has the indicator, its own name is used. */
export const indicatorName = (indicator: string): string =>
  indicators.find(({ name }) => name === indicator)?.label ?? indicator;

/** The same with its code in donor reports: `Under 18 (4.11a)`. */
export const indicatorWithCode = (indicator: string): string => {
  const code = indicators.find(({ name }) => name === indicator)?.code;
  return code === undefined ? indicator : `${indicatorName(indicator)} (${code})`;
};
