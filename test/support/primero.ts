import { onTestFinished } from 'vitest';
import { type Primero, type PrimeroOptions, startPrimero } from '../../local/primero/index.ts';

/** A sandbox Primero, closed after the test; without children unless `cases` says how many. */
export const testPrimero = async (options: PrimeroOptions = {}): Promise<Primero> => {
  const primero = await startPrimero({ cases: 0, ...options });
  onTestFinished(() => primero.close());
  return primero;
};

/** The header of a sign-in with every request. */
export const basic = ({ user, password }: { user: string; password: string }) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** Asks with the sandbox's own password. */
export const ask = (primero: Primero, path: string, query: Record<string, unknown> = {}) => {
  const text = new URLSearchParams(
    Object.entries(query).map(([k, v]): [string, string] => [k, String(v)]),
  );
  return fetch(`${primero.url}/api/v2/${path}?${text}`, { headers: basic(primero.credential) });
};
