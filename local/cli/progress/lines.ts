import type { Stand } from '../../ledger/stand.ts';
import { number, plural } from '../../words.ts';
import type { Progress } from './progress.ts';

/** A line at most this often, ms: people read logs, too. */
const EVERY_MS = 3000;

type Output = { write(text: string): unknown };

/** How far a sync is, such as `read 12,000 of 40,000 children, 3 batches`. */
export const standText = ({ batches, read, of, asking }: Stand): string => {
  if (batches === 0 && read === 0) return 'has read nothing yet';
  const all = of === null ? '' : ` of ${number(Math.max(of, read))}`;
  const question = asking > 0 ? `, asking about ${plural(asking, 'child', 'children')}` : '';
  return `read ${number(read)}${all} children, ${plural(batches, 'batch', 'batches')}${question}`;
};

/** Plain lines, for logs and pipes. */
export const lineProgress = (output: Output): Progress => {
  let shown = Number.NEGATIVE_INFINITY;
  let last = '';
  /** The last state, if it has not been printed yet. */
  let held: string | null = null;
  const line = (text: string) => output.write(`${text}\n`);
  const printHeld = () => {
    if (held !== null && held !== last) line(held);
    last = held ?? last;
    held = null;
  };
  return {
    say: (text) => {
      printHeld();
      line(text);
    },
    stand: (stand) => {
      held = standText(stand);
      if (performance.now() - shown < EVERY_MS) return;
      shown = performance.now();
      printHeld();
    },
    stop: printHeld,
  };
};
