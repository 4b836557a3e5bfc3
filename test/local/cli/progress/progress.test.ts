import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { barProgress } from '../../../../local/cli/progress/bars.ts';
import { lineProgress, standText } from '../../../../local/cli/progress/lines.ts';
import { makeProgress } from '../../../../local/cli/progress/make-progress.ts';

const screen = () => {
  const written: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      written.push(String(chunk));
      done();
    },
  });
  Object.assign(stream, { isTTY: true, columns: 120 });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => written.join('') };
};

const stand = (read: number, more: object = {}) => ({
  ...{ batches: 1, read, of: 1000, asking: 0 },
  ...more,
});

test.each([
  [stand(300), 'read 300 of 1,000 children, 1 batch'],
  [stand(300, { of: null, batches: 2 }), 'read 300 children, 2 batches'],
  [stand(1000, { asking: 1 }), 'read 1,000 of 1,000 children, 1 batch, asking about 1 child'],
  [stand(1000, { asking: 37 }), 'read 1,000 of 1,000 children, 1 batch, asking about 37 children'],
  [stand(0, { of: null, batches: 0 }), 'has read nothing yet'],
])('%j is told as: %s', (given, text) => {
  expect(standText(given)).toBe(text);
});

test('plain lines tell how far it is, and not every batch', () => {
  const { stream, text } = screen();
  const progress = lineProgress(stream);
  progress.stand(stand(300));
  progress.stand(stand(400));
  expect(text()).toBe('read 300 of 1,000 children, 1 batch\n');
});

test('the last state is printed once at the end, or before what is said next', () => {
  const { stream, text } = screen();
  const progress = lineProgress(stream);
  for (const read of [100, 200]) progress.stand(stand(read));
  progress.say('Stopping');
  for (const read of [300, 400]) progress.stand(stand(read));
  progress.stop();
  progress.stop();
  const read = (count: number) => `read ${count} of 1,000 children, 1 batch`;
  expect(text().trim().split('\n')).toEqual([read(100), read(200), 'Stopping', read(400)]);
});

test('a terminal gets a bar, and lines that it does not overwrite', () => {
  const { stream, text } = screen();
  const progress = barProgress(stream);
  progress.stand(stand(300));
  progress.say('Stopping');
  progress.stand(stand(500));
  progress.stop();
  expect(text()).toMatch(/read 300 of 1,000 children, 1 batch/);
  expect(text()).toMatch(/\nStopping\n/);
  expect(text()).toMatch(/read 500 of 1,000 children, 1 batch[^\n]*\n$/);
});

test('nothing is shown where only JSON is wanted', () => {
  const { stream, text } = screen();
  const progress = makeProgress({ json: true, debug: false }, { out: stream, err: stream });
  progress.say('Starting');
  progress.stand(stand(300));
  progress.stop();
  expect(text()).toBe('');
});
