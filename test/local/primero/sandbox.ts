import { afterEach } from 'vitest';
import {
  type Primero,
  type PrimeroOptions,
  type PrimeroRecord,
  startPrimero,
} from '../../../local/primero/index.ts';

/** A fixed clock, so that what tests see never depends on the day. */
export const NOW = Date.parse('2026-07-01T00:00:00.000Z');

const running: Primero[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((primero) => primero.close()));
});

/** Starts a sandbox that is closed after the test. */
export const sandbox = async (options: PrimeroOptions = {}): Promise<Primero> => {
  const primero = await startPrimero({ cases: 300, now: () => NOW, ...options });
  running.push(primero);
  return primero;
};

export const basic = ({ user, password }: { user: string; password: string }) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** Asks with the sandbox's own password. */
export const ask = (primero: Primero, path: string, query: Record<string, unknown> = {}) => {
  const text = new URLSearchParams(
    Object.entries(query).map(([k, v]): [string, string] => [k, String(v)]),
  );
  return fetch(`${primero.url}/api/v2/${path}?${text}`, { headers: basic(primero) });
};

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
