import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { Client } from 'pg';
import { expect, test, vi } from 'vitest';
import { serveOna } from '../../../local/ona/serve.ts';
import { describeBoth } from '../../support/ona.ts';

describeBoth('several connections', (ona) => {
  const connected = async (): Promise<Client> => {
    const client = new Client(ona.credentials);
    client.on('error', () => {});
    await client.connect();
    return client;
  };

  test('each gets the answer to its own question, however they mix', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, connected));
    const rounds = clients.map(async (client, index) => {
      for (let round = 0; round < 40; round++) {
        // Another text each time, so that a mix-up of statements shows as well as one of values.
        const sql = `SELECT $1::integer AS "c${index}", ${round} AS round`;
        const { rows } = await client.query(sql, [index]);
        expect(rows).toEqual([{ [`c${index}`]: index, round }]);
      }
    });
    await Promise.all(rounds);
    await Promise.all(clients.map((client) => client.end()));
  });

  test('an open transaction is not seen by others, and is rolled back when its connection goes', async () => {
    const one = await connected();
    await one.query('BEGIN');
    await one.query("INSERT INTO cases (case_id) VALUES ('d41f17d')");
    const { rows } = await one.query('SELECT pg_backend_pid() AS pid');
    expect(rows).toHaveLength(1);
    (one as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect((await ona.query('SELECT 1 FROM cases')).rowCount).toBe(0);
  });

  test('a connection that goes between Parse and Sync leaves the others working', async () => {
    const one = await connected();
    const { connection } = one as unknown as {
      connection: {
        parse(query: object): void;
        stream: { destroy(): void; cork(): void; uncork(): void };
      };
    };
    connection.parse({ text: 'SELECT nonsense', name: '', types: [] });
    await new Promise((resolve) => setTimeout(resolve, 50));
    connection.stream.destroy();
    expect((await ona.query('SELECT $1::integer AS n', [7])).rows).toEqual([{ n: 7 }]);
  });
});

test('an embedded ONA closes although its socket server waits for a connection for good', async () => {
  const { close, db } = await serveOna({});
  vi.spyOn(PGLiteSocketServer.prototype, 'stop').mockReturnValueOnce(new Promise(() => {}));
  await close();
  expect(db.closed).toBe(true);
});
