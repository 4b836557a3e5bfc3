import { bytesOf, packRecord } from '../../../../jobs/lib/pack.ts';
import {
  nextQuestion,
  type Reading,
  receive,
  startReading,
} from '../../../../jobs/lib/paging/reading.ts';
import { indicatorSource } from '../../../../jobs/lib/paging/source.ts';
import { addSeconds } from '../../../../jobs/lib/time.ts';
import type { Page } from '../../../../jobs/lib/types.ts';
import { caseAt, type SmallPrimero } from './small-primero.ts';

export const START = Date.parse('2026-07-01T00:00:00Z');
export const at = (second: number) => addSeconds(START, second);
export const NOW = START + 3_600_000;
export const RANGE = { from: at(0), to: at(9) };
export const source = indicatorSource('reintegration');
/** Bytes of `caseAt` as state, and the comma after it. */
export const EACH = bytesOf([packRecord(caseAt(1, START), source.fields)]);

export const begin = (pageSize = 3, budget = 1e6, range = RANGE) =>
  startReading(source, range, { pageSize, budget });

/** A page of cases, each as `number@second`. */
export const page = (cases: string, total?: number, per = 3): Page => {
  const records = (cases.match(/\d+@\d+/g) ?? []).map((each) => {
    const [number, second] = each.split('@').map(Number) as [number, number];
    return caseAt(number, START + second * 1000);
  });
  return { records, total: total ?? records.length, per };
};

export const ask = (reading: Reading, ...pages: Page[]) =>
  pages.reduce((each, answer) => receive(each, answer, NOW), reading);

export const numbers = ({ records }: Reading) => records.map(({ id }) => Number(id.slice(-12)));

export const readTo = (start: Reading, primero: SmallPrimero): Reading => {
  let reading = start;
  for (;;) {
    const question = nextQuestion(reading);
    if (!question) return reading;
    if (primero.questions > 5_000) throw new Error('This reading does not end.');
    reading = receive(reading, primero.answer(question.query, question.page), NOW);
  }
};
