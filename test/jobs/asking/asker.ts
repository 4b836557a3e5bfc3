import type { Ask } from '../../../jobs/asking/ask.ts';
import type { Query } from '../../../jobs/asking/question.ts';
import { toPage } from '../../../jobs/asking/trust.ts';
import type { Page } from '../../../jobs/record.ts';
import type { Primero } from '../../../local/primero/index.ts';
import { ask } from '../../support/primero.ts';

/** Asks a sandbox one question by one request. */
export const askerOf =
  (primero: Primero): Ask =>
  async (query) => {
    const response = await ask(primero, 'cases', { ...query });
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
