import type { PrimeroCredential } from '../../local/credentials/schema.ts';
import type { PrimeroOptions } from '../../local/primero/index.ts';
import { startChild } from './child.ts';

/** What Primero was asked: requests, records in its answers, and what a real one would take for them, ms. */
export interface Asked {
  requests: number;
  records: number;
  chargedMs: number;
}

/** A sandbox Primero in a process of its own. `asked` tells what was asked since it was called before. */
export const openPrimero = async (options: PrimeroOptions) => {
  const child = await startChild<PrimeroCredential>('primero-process', options);
  return { credential: child.ready, asked: () => child.ask<Asked>({}), close: child.stop };
};

export type BenchPrimero = Awaited<ReturnType<typeof openPrimero>>;

interface Answer {
  data: { created_at: string }[];
  metadata: { total: number };
}

/** Asks a Primero for a page of cases. */
export const askPrimero = async (
  { url, user, password }: PrimeroCredential,
  query: Record<string, string | number | boolean>,
): Promise<Answer> => {
  const search = new URLSearchParams(
    Object.entries(query).map(([key, value]): [string, string] => [key, `${value}`]),
  );
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const response = await fetch(`${url}/api/v2/cases?${search}`, { headers: { authorization } });
  if (!response.ok) throw new Error(`Primero answered ${response.status}`);
  return (await response.json()) as Answer;
};
