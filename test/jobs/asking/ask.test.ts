import { expect, onTestFinished, test } from 'vitest';
import { asking } from '../../../jobs/asking/ask.ts';
import { FIELD_LIST, type Query } from '../../../jobs/asking/question.ts';
import { putChild } from '../../support/children.ts';
import { testPrimero } from '../../support/primero.ts';
import { type Answer, startWebServer } from '../../support/web-server.ts';
import { idOf } from '../message/messages.ts';
import { getState, operations } from './states.ts';

const PAGE = { body: '{"data":[],"metadata":{"total":0,"per":100,"page":1}}' };

/** Asks one question of something that answers like this; gives the sizes of the pages that it was asked for. */
const sizesAsked = async (answer: (n: number) => Answer, query: Query) => {
  const server = await startWebServer(answer);
  onTestFinished(() => void server.close());
  const url = server.url.replace('/inbox', '');
  await asking(
    operations.getCases,
    getState({ credential: { url, user: 'u', password: 'p', basicAuth: true } }),
  )(query);
  return server.requests.map(({ path }) => Number(/per=(\d+)/.exec(path)?.[1]));
};

test('One question is one request', async () => {
  const primero = await testPrimero();
  putChild(primero, 1);
  const page = await asking(
    operations.getCases,
    getState(primero),
  )({ age: '0..17', per: 5, page: 1 });
  expect(page.records.map(({ id }) => id)).toEqual([idOf(1)]);
  expect({ ...page, records: [] }).toEqual({ records: [], total: 1, per: 5, page: 1 });
  expect(primero.requests).toHaveLength(1);
});

test.each<[name: string, fields: string, keyless: string[]]>([
  ['for all mapped fields tells which of them it lacks', FIELD_LIST, ['sex']],
  ['for a total tells nothing about fields', 'created_at', []],
])('An answer to a question %s', async (_, fields, keyless) => {
  const primero = await testPrimero({ hiddenFields: ['sex'] });
  putChild(primero, 1);
  const state = getState(primero);
  await asking(operations.getCases, state)({ per: 5, page: 1, fields });
  expect([...state.reading.keyless]).toEqual(keyless);
});

test('A question may be asked while others are', async () => {
  const primero = await testPrimero();
  for (const number of [1, 2, 3]) putChild(primero, number);
  const ask = asking(operations.getCases, getState(primero));
  const pages = await Promise.all([1, 2, 3].map((page) => ask({ age: '0..17', per: 1, page })));
  expect(new Set(pages.flatMap(({ records }) => records.map(({ id }) => id))).size).toBe(3);
});

const tooSlow = (n: number): Answer => (n === 1 ? { status: 504 } : { status: 200, ...PAGE });

test.each<[name: string, query: Query, sizes: number[]]>([
  ['A first page is asked for by half', { per: 100, page: 1 }, [100, 50]],
  ['A later page is not: it would lie elsewhere', { per: 100, page: 2 }, [100, 100]],
  ['Ids are not: all of them are wanted', { id: idOf(1), per: 100, page: 1 }, [100, 100]],
  ['A page of one stays one', { per: 1, page: 1 }, [1, 1]],
])('%s where no answer came in time', async (_, query, sizes) => {
  expect(await sizesAsked(tooSlow, query)).toEqual(sizes);
});
