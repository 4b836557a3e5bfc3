import type { Primero, PrimeroOptions, PrimeroRecord } from '../../../local/primero/index.ts';
import { ask, testPrimero } from '../../support/primero.ts';

/** A fixed clock, so that what tests see never depends on the day. */
export const NOW = Date.parse('2026-07-01T00:00:00.000Z');

/** A sandbox of that time, closed after the test. */
export const sandbox = (options: PrimeroOptions = {}): Promise<Primero> =>
  testPrimero({ cases: 300, now: () => NOW, ...options });

type CasesAnswer = {
  data: PrimeroRecord[];
  metadata: { total: number; per: number; page: number };
};

/** Cases that answer a query; the status must be 200. */
export const cases = async (primero: Primero, query: Record<string, unknown> = {}) => {
  const response = await ask(primero, 'cases', query);
  if (response.status !== 200) throw new Error(`status ${response.status}`);
  return (await response.json()) as CasesAnswer;
};

export const ids = (records: readonly { id: string }[]) => records.map(({ id }) => id);
