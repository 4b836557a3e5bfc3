import { Presets, SingleBar } from 'cli-progress';
import { number } from '../../words.ts';
import { lineProgress, standText } from './lines.ts';
import type { Progress } from './progress.ts';

/** A bar for the children that were read, with the progress in words beside it. Lines are printed above it. */
export const barProgress = (stream: NodeJS.WriteStream): Progress => {
  const lines = lineProgress(stream);
  let bar: SingleBar | undefined;
  let text = '';

  const open = () => {
    const made = new SingleBar(
      {
        stream,
        barsize: 20,
        format: '{bar} {text}',
        clearOnComplete: false,
        hideCursor: false,
        gracefulExit: false,
        emptyOnZero: true,
        formatValue: (value, _, type) =>
          type === 'value' || type === 'total' ? number(value) : String(value),
      },
      Presets.shades_classic,
    );
    made.start(1, 0, { text });
    return made;
  };

  const close = () => {
    bar?.stop();
    bar = undefined;
  };

  return {
    say: (said) => {
      close();
      lines.say(said);
    },
    stand: (stand) => {
      text = standText(stand);
      bar ??= open();
      // While the number of children is not known, the bar stays empty.
      bar.setTotal(Math.max(1, stand.of ?? 1, stand.read));
      bar.update(stand.of === null ? 0 : stand.read, { text });
    },
    stop: close,
  };
};
