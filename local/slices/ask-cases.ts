import { toPage } from '../../jobs/lib/paging/verify.ts';
import type { Query } from '../../jobs/lib/requests.ts';
import type { CaseRecord } from '../../jobs/lib/types.ts';
import { UserError } from '../cli/user-error.ts';
import type { PrimeroCredential } from '../credentials/schema.ts';

const TIMEOUT_MS = 60_000;

/**
 * Asks Primero for a page of cases.
 * Throws a `UserError` with the reason and no answer's content.
 */
export const askCases = async (
  { url, user, password }: PrimeroCredential,
  query: Query,
): Promise<{ total: number; records: CaseRecord[] }> => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  try {
    const response = await fetch(`${url}/api/v2/cases?${search}`, {
      headers: { authorization: `Basic ${basic}`, accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const { data, metadata } = (await response.json()) as Record<string, unknown>;
    const { total, records } = toPage(data, metadata, Number(query.page ?? 1));
    return { total, records: records as CaseRecord[] };
  } catch (error) {
    const why = (error as Error).message.split('\n')[0];
    throw new UserError(
      'PRIMERO_UNAVAILABLE',
      `the window could not be divided: Primero did not count its cases (${why}): run again, or without --slices`,
    );
  }
};
