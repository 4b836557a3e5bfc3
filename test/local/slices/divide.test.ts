import { afterAll, beforeAll, expect, test } from 'vitest';
import { totalQuery } from '../../../jobs/lib/requests.ts';
import { addSeconds, toSecond } from '../../../jobs/lib/time.ts';
import { type Primero, startPrimero } from '../../../local/primero/index.ts';
import { askCases } from '../../../local/slices/ask-cases.ts';
import { divide } from '../../../local/slices/divide.ts';

let primero: Primero;
beforeAll(async () => {
  primero = await startPrimero({ cases: 3000, seed: 5 });
});
afterAll(() => primero.close());

const window = { from: '1970-01-01T00:00:00Z', to: toSecond(Date.now()) };
const credential = () => ({ ...primero, basicAuth: true as const });

test('parts follow each other without a gap, and fill the window', async () => {
  const parts = await divide(credential(), window, 4);
  expect(parts).toHaveLength(4);
  expect(parts[0]!.from).toBe(window.from);
  expect(parts.at(-1)!.to).toBe(window.to);
  for (const [index, part] of parts.slice(1).entries())
    expect(part.from).toBe(addSeconds(parts[index]!.to, 1));
});

test('parts hold about as many cases each, however they are spread in time', async () => {
  const parts = await divide(credential(), window, 4);
  const totals: number[] = [];
  for (const { from, to } of parts)
    totals.push((await askCases(credential(), totalQuery('under18', from, to))).total);
  const each = totals.reduce((sum, total) => sum + total, 0) / 4;
  for (const total of totals) expect(Math.abs(total - each)).toBeLessThan(each * 0.25);
});

test('a window with less than a second for each part has fewer of them', async () => {
  const at = addSeconds(primero.store.snapshot()[0]!.last_updated_at as string, 0);
  expect(await divide(credential(), { from: at, to: at }, 4)).toEqual([{ from: at, to: at }]);
});

test('a Primero that does not count says why the window was not divided', async () => {
  const wrong = { ...credential(), password: 'wrong' };
  await expect(divide(wrong, window, 2)).rejects.toThrow(/could not be divided.*status 401/);
});
