import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { Indicator } from '../../../jobs/lib/indicators.ts';
import type { Totals } from '../../sync/totals.ts';
import { number } from '../words.ts';
import { lineProgress } from './lines.ts';
import { INDICATOR_NAMES } from './names.ts';
import { type Progress, paceOf } from './progress.ts';

const KEYS = Object.keys(INDICATOR_NAMES) as Indicator[];
const NAME_WIDTH = Math.max(...KEYS.map((key) => INDICATOR_NAMES[key].length));

/** A bar for each request of the sync, and the pace beside the last one. */
export const barProgress = (stream: NodeJS.WriteStream): Progress => {
  const lines = lineProgress(stream);
  const bars = new Map<Indicator, SingleBar>();
  let multi: MultiBar | undefined;

  const open = () =>
    new MultiBar(
      {
        stream,
        format: '  {name} {bar} {value}/{total} cases  {pace}',
        clearOnComplete: false,
        hideCursor: false,
        gracefulExit: false,
        emptyOnZero: true,
        formatValue: (value, _, type) =>
          type === 'value' || type === 'total' ? number(value) : String(value),
      },
      Presets.shades_classic,
    );

  const show = (key: Indicator, totals: Totals, pace: string) => {
    const { fetched = 0, remaining = 0 } = totals.indicators[key] ?? {};
    const total = fetched + remaining;
    // Leavers are few or none: their bar comes with the first of them.
    if (key === 'leavers' && total === 0) return;
    multi ??= open();
    const name = INDICATOR_NAMES[key].padEnd(NAME_WIDTH);
    const bar = bars.get(key) ?? multi.create(total, 0, { name, pace });
    bars.set(key, bar);
    bar.setTotal(total);
    bar.update(fetched, { name, pace });
  };

  return {
    say: (text) => (multi ? multi.log(`${text}\n`) : lines.say(text)),
    batch: (totals, seconds) => {
      const shown = KEYS.filter((key) => key !== 'leavers' || totals.indicators.leavers?.fetched);
      for (const key of shown)
        show(key, totals, key === shown.at(-1) ? paceOf(totals, seconds) : '');
    },
    watch: lines.watch,
    stop: () => multi?.stop(),
  };
};
