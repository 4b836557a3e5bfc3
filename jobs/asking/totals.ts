import type { getCases as GetCases } from '@openfn/language-primero';
import { INDICATORS } from '../indicators.ts';
import { isFirst } from '../message/message.ts';
import { toSecond } from '../time.ts';
import { type Ask, asking } from './ask.ts';
import type { Totals } from './batch.ts';
import { placeQuery, type Query, totalQuery, windowTotalQuery } from './question.ts';
import type { GetState } from './state.ts';
import { createdMs } from './trust.ts';

/** What Primero counts. A zero is asked for again, because a search that fails looks the same. */
const countCases = async (ask: Ask, query: Query): Promise<number> => {
  const { total } = await ask(query);
  return total > 0 ? total : (await ask(query)).total;
};

/** The totals of all indicators. Totals of cases with a time of creation are asked for only once something was read. */
const askForTotals = async (ask: Ask, isFirstBatch: boolean): Promise<Totals> => {
  const totals: Totals = {};
  for (const indicator of INDICATORS) {
    const all = await countCases(ask, totalQuery(indicator, 'all'));
    const dated = isFirstBatch ? all : await countCases(ask, totalQuery(indicator, 'dated'));
    totals[indicator.name] = { all, dated };
  }
  return totals;
};

/** Where to divide a census into parts with about as many children each. There are fewer parts if two bounds would be the same. */
const askForCuts = async (ask: Ask, parts: number, total: number): Promise<string[]> => {
  const cuts = new Set<string>();
  for (let part = 1; part < parts; part += 1) {
    const place = Math.floor((total * part) / parts) + 1;
    const [record] = (await ask(placeQuery(INDICATORS[0]!, place))).records;
    const created = record ? createdMs(record) : Number.NaN;
    if (!Number.isNaN(created)) cuts.add(toSecond(created));
  }
  return [...cuts].sort();
};

/**
 * Asks how many children there are, in the first batch and when no window is left. The first batch also asks where the
 * parts of the census begin.
 *
 * @throws {SyncError} a code of Primero's
 * @example <caption>With the official adaptor's operation</caption>
 * askTotals(getCases)
 */
export const askTotals = (getCases: typeof GetCases) => async (state: GetState) => {
  const { message, reading } = state;
  const isFirstBatch = isFirst(message);
  if ((reading.next !== null && !isFirstBatch) || message.changedSince) return state;
  const ask = asking(getCases, state);
  reading.totals = await askForTotals(ask, isFirstBatch);
  const { all } = reading.totals[INDICATORS[0]!.name]!;
  if (isFirstBatch) reading.cuts = await askForCuts(ask, message.parts ?? 1, all);
  return state;
};

/**
 * Asks again for the totals of the windows that the message names.
 * @throws {SyncError} a code of Primero's
 * @example <caption>With the official adaptor's operation</caption>
 * recountWindows(getCases)
 */
export const recountWindows = (getCases: typeof GetCases) => async (state: GetState) => {
  const { message, reading } = state;
  const starts = message.recount ?? [];
  const ask = asking(getCases, state);
  for (const [index, from] of starts.entries()) {
    const to = starts[index + 1] ?? message.to;
    const totals: Record<string, number> = {};
    for (const indicator of INDICATORS)
      totals[indicator.name] = (await ask(windowTotalQuery(indicator, { from, to }))).total;
    reading.recounted.push({ from, totals });
  }
  return state;
};
