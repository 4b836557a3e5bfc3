import type { Query } from '../../jobs/lib/requests.ts';
import type { PrimeroCredential } from '../credentials/schema.ts';

/** An answer of Primero: `records` and `total` are null where it is no list. Times in ms. */
export type Answer = {
  status: number;
  records: Record<string, unknown>[] | null;
  total: number | null;
  per: number | null;
  /** The server's clock when it answered, and ours in the middle of asking. */
  clock: { theirs: number; ours: number } | null;
};

export type Ask = (path: string, query: Query) => Promise<Answer>;

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const clockOf = (date: string | null, sentAt: number): Answer['clock'] => {
  const theirs = Date.parse(date ?? '');
  // The header is cut to the second: half a second later is the better guess.
  return Number.isNaN(theirs) ? null : { theirs: theirs + 500, ours: (sentAt + Date.now()) / 2 };
};

/** Asks Primero once, with HTTP Basic. Throws what `fetch` throws where there is no answer in time. */
export const askPrimero = (
  { url, user, password }: PrimeroCredential,
  signal: AbortSignal,
): Ask => {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return async (path, query) => {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) search.set(key, String(value));
    const sentAt = Date.now();
    const response = await fetch(`${url}/api/v2/${path}?${search}`, {
      headers: { authorization, accept: 'application/json' },
      redirect: 'manual',
      signal,
    });
    const clock = clockOf(response.headers.get('date'), sentAt);
    const { data, metadata } = Object(await response.json().catch(() => null));
    const { total, per } = Object(metadata);
    const records = Array.isArray(data) ? data.map(Object) : null;
    return { status: response.status, records, total: numberOf(total), per: numberOf(per), clock };
  };
};
