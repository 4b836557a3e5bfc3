import { describe, expect, test } from 'vitest';
import { askAfterAbsent, judgeRecord } from '../../../jobs/asking/absent.ts';
import type { Finding } from '../../../jobs/asking/batch.ts';
import type { Primero } from '../../../local/primero/index.ts';
import { putChild, REINTEGRATION } from '../../support/children.ts';
import { testPrimero } from '../../support/primero.ts';
import { startWebServer } from '../../support/web-server.ts';
import { idOf } from '../message/messages.ts';
import { getState, operations } from './states.ts';

const askAfter = async (primero: Pick<Primero, 'credential'>, numbers: number[]) => {
  const state = getState(primero, { ask: numbers.map(idOf) });
  const { getCases, http } = operations;
  return (await askAfterAbsent(getCases, http)(state)).reading;
};

test.each<[finding: Finding, name: string, fields: object]>([
  ['counts', 'a child under 18', {}],
  ['counts', 'an adult in reintegration', { age: 30, type_of_case: REINTEGRATION }],
  ['left', 'an adult', { age: 30 }],
  ['left', 'no age', { age: null }],
  ['disabled', 'disabled', { enabled: false }],
  ['unseen', 'without a state', { enabled: null }],
  ['unseen', 'of which no state came', { enabled: undefined }],
])('A record says "%s": %s', (finding, _, fields) => {
  expect(judgeRecord({ id: idOf(1), enabled: true, age: 9, ...fields })).toBe(finding);
});

describe.each(['2.9', '2.12', '2.14'] as const)(
  'Children who are asked about in Primero %s',
  (family) => {
    test('are each found as they are, by one question for all and one for each who is not found', async () => {
      const primero = await testPrimero({ family });
      putChild(primero, 1);
      putChild(primero, 2, { age: 30 });
      putChild(primero, 3, { record_state: false });
      primero.store.deleteForGood(putChild(primero, 4));
      const hidden = putChild(primero, 5);
      primero.role.sees = ({ index }) => index !== hidden;
      const { findings, rows, values } = await askAfter(primero, [1, 2, 3, 4, 5]);
      expect(findings).toEqual([
        { id: idOf(1), finding: 'counts', indexed: true },
        { id: idOf(2), finding: 'left', indexed: true },
        { id: idOf(3), finding: 'disabled', indexed: true },
        { id: idOf(4), finding: 'deleted', indexed: true },
        { id: idOf(5), finding: 'unseen', indexed: true },
      ]);
      expect(rows.map(([id, , origin]) => [id, values[Number(origin)]])).toEqual([
        [idOf(1), 'asked'],
        [idOf(2), 'asked'],
      ]);
      expect(primero.requests.map(({ path }) => path)).toEqual([
        '/api/v2/cases',
        `/api/v2/cases/${idOf(4)}`,
        `/api/v2/cases/${idOf(5)}`,
      ]);
    });

    test('are asked for by a hundred', async () => {
      const primero = await testPrimero({ family });
      const numbers = Array.from({ length: 101 }, (_, n) => n);
      for (const number of numbers) putChild(primero, number);
      const { findings } = await askAfter(primero, numbers);
      expect(findings).toHaveLength(101);
      expect(primero.requests.map(({ query }) => query.per)).toEqual(['100', '1']);
    });
  },
);

test('A child that only the database has is there, and not in the search', async () => {
  const primero = await testPrimero({ family: '2.9' });
  primero.store.hideFromIndex(putChild(primero, 1));
  const { findings, rows } = await askAfter(primero, [1]);
  expect(findings).toEqual([{ id: idOf(1), finding: 'counts', indexed: false }]);
  expect(rows).toHaveLength(1);
});

test('Fields whose key no answer has are remembered, by whichever way it came', async () => {
  const primero = await testPrimero({ family: '2.9', hiddenFields: ['sex'] });
  const index = putChild(primero, 1);
  expect([...(await askAfter(primero, [1])).keyless]).toEqual(['sex']);
  primero.store.hideFromIndex(index);
  expect([...(await askAfter(primero, [1])).keyless]).toEqual(['sex']);
});

test('A search that answers with other children than were asked for is not believed', async () => {
  const primero = await testPrimero();
  putChild(primero, 1);
  putChild(primero, 2);
  primero.faults.next({ kind: 'ignore', params: ['id'] });
  await expect(askAfter(primero, [1])).rejects.toThrow(
    'PRIMERO_FILTER_DROPPED: Primero answered with other ids than were asked for.',
  );
});

describe('A 404', () => {
  const own = `{"errors":[{"status":404,"resource":"/api/v2/cases/${idOf(1)}","message":"Not Found"}]}`;

  /** Something that finds no child by id, and then answers 404 with this body. */
  const answering = async (body: string) => {
    const headers = { 'content-type': body.startsWith('{') ? 'application/json' : 'text/html' };
    const nobody = '{"data":[],"metadata":{"total":0,"per":1,"page":1}}';
    const server = await startWebServer((n) =>
      n === 1 ? { status: 200, body: nobody } : { status: 404, body, headers },
    );
    const url = server.url.replace('/inbox', '');
    const state = getState(
      { credential: { url, user: 'u', password: 'p', basicAuth: true } },
      { ask: [idOf(1)] },
    );
    // One attempt: waiting for a proxy is tested elsewhere.
    state.deadline = Date.now() + 300;
    try {
      const { getCases, http } = operations;
      const { reading } = await askAfterAbsent(getCases, http)(state);
      return reading.findings[0]!.finding;
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await server.close();
    }
  };

  test.each<[name: string, body: string, outcome: string]>([
    ["with Primero's own body about this child says deleted", own, 'deleted'],
    ['about another child does not', own.replace(/1"/, '2"'), 'PRIMERO_BAD_ANSWER'],
    ['of a proxy does not', '<html>Not Found</html>', 'PRIMERO_BAD_ANSWER'],
    ['without a body does not', '', 'PRIMERO_BAD_ANSWER'],
    ['with other JSON does not', '{"error":"not found"}', 'PRIMERO_BAD_ANSWER'],
    ['with another status in its body does not', own.replace('404', '403'), 'PRIMERO_BAD_ANSWER'],
  ])('%s', async (_, body, outcome) => {
    expect(await answering(body)).toBe(outcome);
  });
});

test('Those for whom the batch has no room or time are left open', async () => {
  const primero = await testPrimero();
  for (const number of [1, 2, 3]) putChild(primero, number);
  const state = getState(primero, { ask: [1, 2, 3].map(idOf) });
  state.reading.room = 10;
  const { getCases, http } = operations;
  const { reading } = await askAfterAbsent(getCases, http)(state);
  expect(reading.findings.map(({ id }) => id)).toEqual([idOf(1)]);
  const late = { ...getState(primero, { ask: [idOf(1)] }), enoughAt: Date.now() - 1 };
  expect((await askAfterAbsent(getCases, http)(late)).reading.findings).toEqual([]);
});
