import { createServer, type ServerResponse } from 'node:http';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { askAgain } from '../../../local/primero-client/ask-again.ts';
import { type Answer, askPrimero } from '../../../local/primero-client/ask-primero.ts';
import { listen } from '../../support/listen.ts';

afterEach(() => void vi.useRealTimers());

const LIST = JSON.stringify({ data: [], metadata: { total: 0, per: 1, page: 1 } });

/** A Primero that answers as the test says, request by request. */
const scripted = async (answer: (response: ServerResponse, n: number) => void) => {
  let n = 0;
  const server = createServer((_, response) => answer(response, ++n));
  const port = await listen(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${port}`;
  return { url, user: 'a', password: 'b', basicAuth: true };
};

const asking = async (answer: (response: ServerResponse, n: number) => void, attempts = 3) => {
  const primero = await scripted(answer);
  const said: string[] = [];
  const ask = askPrimero(primero, () => AbortSignal.timeout(5000));
  const again = askAgain(ask, primero, { attempts, say: (text) => said.push(text) });
  return { said, url: primero.url, asked: again('cases', { per: 1 }) };
};

test('What passes is asked again, after the time that Primero names, and the reason is told', async () => {
  const { said, url, asked } = await asking((response, n) =>
    n === 1
      ? response.writeHead(503, { 'retry-after': '1' }).end()
      : response.writeHead(200).end(LIST),
  );
  expect((await asked).total).toBe(0);
  expect(said).toEqual([
    `Primero at ${url} is busy or under maintenance (503). Asking again in 1 s.`,
  ]);
});

test('A connection that drops is asked again; what a person must mend is not, nor what takes too long to wait for', async () => {
  const dropped = await asking((response, n) =>
    n === 1 ? response.destroy() : response.writeHead(200).end(LIST),
  );
  expect((await dropped.asked).status).toBe(200);
  expect(dropped.said).toHaveLength(1);
  const refused = await asking((response) => response.writeHead(401).end());
  await expect(refused.asked).rejects.toMatchObject({ code: 'PRIMERO_SIGN_IN' });
  expect(refused.said).toEqual([]);
  const late = await asking((response) => response.writeHead(429, { 'retry-after': '90' }).end());
  await expect(late.asked).rejects.toThrow(/\(429\): run again in 90 s$/);
  expect(late.said).toEqual([]);
});

test('A silence is told every 5 s until there is an answer', async () => {
  vi.useFakeTimers();
  const said: string[] = [];
  let answer: (value: Answer) => void = () => {};
  const ask = () =>
    new Promise<Answer>((resolve) => {
      answer = resolve;
    });
  const primero = { url: 'https://primero.example.org', user: 'a', password: 'b', basicAuth: true };
  const asked = askAgain(ask, primero, { attempts: 1, say: (text) => said.push(text) })(
    'cases',
    {},
  );
  await vi.advanceTimersByTimeAsync(11_000);
  answer({ status: 200, records: [], total: 0, per: 1, waitMs: null });
  await asked;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(said).toEqual([
    'Primero has not answered for 5 s …',
    'Primero has not answered for 10 s …',
  ]);
});
