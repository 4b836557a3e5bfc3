import { expect, test } from 'vitest';
import { type Ask, read } from '../../../../jobs/lib/operations/read.ts';
import { startReading } from '../../../../jobs/lib/paging/reading.ts';
import { indicatorSource } from '../../../../jobs/lib/paging/source.ts';
import { record } from '../../../support/batches.ts';

const start = startReading(
  indicatorSource('reintegration'),
  { from: '2026-05-01T00:00:00Z', to: '2026-05-31T00:00:00Z' },
  { pageSize: 1, budget: 1e6 },
);

/** A Primero that always has one more case, a second after the last. */
const endless = () => {
  let asked = 0;
  const ask: Ask = async (_query, _page, take) => {
    asked += 1;
    const at = (second: number) => new Date(Date.parse('2026-05-02T00:00:00Z') + second * 1000);
    const records = [record('sokha', { last_updated_at: at(asked).toISOString() })];
    return take({ records, total: 1_000_000, per: 1 });
  };
  return { ask, asked: () => asked };
};

test('hands on what it has when there is enough for one batch', async () => {
  const { ask, asked } = endless();
  const reading = await read(start, ask, { enoughAt: Date.now() - 1 });
  expect(asked()).toBe(1);
  expect(reading).toMatchObject({ isDone: true, coveredTo: '2026-05-02T00:00:01Z' });
});
