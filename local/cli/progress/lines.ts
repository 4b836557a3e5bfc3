import type { Indicator } from '../../../jobs/lib/indicators.ts';
import type { Totals } from '../../sync/totals.ts';
import { number, plural } from '../words.ts';
import { INDICATOR_NAMES } from './names.ts';
import { type Progress, paceOf } from './progress.ts';

/** So often at most, ms: a log is read by people too. */
const EVERY_MS = 3000;

type Output = { write(text: string): unknown };

const standOf = ({ indicators }: Totals): string =>
  (Object.keys(INDICATOR_NAMES) as Indicator[])
    .flatMap((key) => {
      const counts = indicators[key];
      if (!counts || counts.fetched + counts.remaining === 0) return [];
      const total = counts.fetched + counts.remaining;
      return [`${INDICATOR_NAMES[key]} ${number(counts.fetched)}/${number(total)}`];
    })
    .join(', ');

/** Plain lines, for logs and pipes. */
export const lineProgress = (output: Output): Progress => {
  let shown = Number.NEGATIVE_INFINITY;
  let watched = '';
  /** The last state, while it has not been printed. */
  let held: string | null = null;
  const line = (text: string) => output.write(`${text}\n`);
  const printHeld = () => {
    if (held !== null) line(held);
    held = null;
  };
  return {
    say: (text) => {
      printHeld();
      line(text);
    },
    batch: (totals, seconds) => {
      held = [paceOf(totals, seconds), standOf(totals)].filter((text) => text !== '').join(': ');
      if (performance.now() - shown < EVERY_MS) return;
      shown = performance.now();
      printHeld();
    },
    watch: ({ lastSync, tables }) => {
      const text = `${plural(lastSync?.batches ?? 0, 'batch', 'batches')} in the ledger, ${number(tables.cases)} cases in ONA`;
      if (text !== watched) line(text);
      watched = text;
    },
    stop: printHeld,
  };
};
