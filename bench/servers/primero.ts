import type { PrimeroCredential } from '../../local/credentials/schema.ts';
import { startChild } from '../../local/sync/child-process.ts';

/** A sandbox Primero in a process of its own. */
export const startPrimero = async (cases: number, seed: number) => {
  const child = await startChild<PrimeroCredential>('primero-server', 'the sandbox Primero', {
    cases,
    seed,
  });
  const { url, user, password } = child.ready;
  const credential: PrimeroCredential = { url, user, password, basicAuth: true };
  return { credential, stop: child.stop };
};

type Page = { data: Record<string, unknown>[]; metadata: { total: number } };

/** Asks the sandbox for a page of cases. */
export const askPrimero = async (
  { url, user, password }: PrimeroCredential,
  query: Record<string, string | number | boolean>,
): Promise<Page> => {
  const search = new URLSearchParams(
    Object.entries(query).map(([key, value]): [string, string] => [key, `${value}`]),
  );
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const response = await fetch(`${url}/api/v2/cases?${search}`, { headers: { authorization } });
  return (await response.json()) as Page;
};
