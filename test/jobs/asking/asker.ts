import { onTestFinished } from 'vitest';
import type { Ask } from '../../../jobs/asking/ask.ts';
import type { Query } from '../../../jobs/asking/question.ts';
import { toPage } from '../../../jobs/asking/trust.ts';
import type { Page } from '../../../jobs/record.ts';
import { type Primero, type PrimeroOptions, startPrimero } from '../../../local/primero/index.ts';

/** A sandbox Primero without children, closed after the test. */
export const emptyPrimero = async (options: PrimeroOptions = {}): Promise<Primero> => {
  const primero = await startPrimero({ cases: 0, ...options });
  onTestFinished(() => primero.close());
  return primero;
};

/** Asks a sandbox one question by one request. */
export const askerOf =
  ({ url, user, password }: Primero): Ask =>
  async (query) => {
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const response = await fetch(`${url}/api/v2/cases?${search}`, { headers: { authorization } });
    const { data, metadata } = (await response.json()) as { data: unknown; metadata: unknown };
    return toPage(data, metadata);
  };

/** Answers with these pages, one after the other, the last one again and again; `asked` are the questions. */
export const scripted = (pages: readonly Page[]): { ask: Ask; asked: Query[] } => {
  const asked: Query[] = [];
  const ask: Ask = async (query) => {
    asked.push(query);
    return pages[Math.min(asked.length, pages.length) - 1]!;
  };
  return { ask, asked };
};
