import Table from 'cli-table3';
import { isMet, type Target } from './arithmetic.ts';

/** One result: a figure, what it is held against, their ratio, and what that should be. */
export interface Result {
  what: string;
  figure: string;
  against: string;
  ratio: number | null;
  target: string;
  met: boolean | null;
}

/** A figure that is told and not judged. */
export const told = (what: string, figure: string): Result => ({
  ...{ what, figure, against: '', ratio: null, target: '', met: null },
});

/** A figure against another one. */
export const compared = (
  what: string,
  [figure, against]: readonly [figure: string, against: string],
  ratio: number,
  target: Target = {},
): Result => {
  const { least, most } = target;
  const judged = least !== undefined || most !== undefined;
  return {
    ...{ what, figure, against, ratio },
    target: judged ? (least === undefined ? `≤ ${most}` : `≥ ${least}`) : '',
    met: judged ? isMet(ratio, target) : null,
  };
};

export const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });

export const seconds = (ms: number): string => `${number(ms / 1000, 1)} s`;

const verdict = (met: boolean | null): string => (met === null ? '' : met ? 'met' : 'MISSED');

export const toTable = (results: readonly Result[]): string => {
  const table = new Table({
    head: ['what', 'figure', 'against', 'ratio', 'target', ''],
    style: { head: [], border: [], compact: true },
  });
  for (const { what, figure, against, ratio, target, met } of results)
    table.push([what, figure, against, ratio?.toPrecision(3) ?? '', target, verdict(met)]);
  return table.toString();
};
