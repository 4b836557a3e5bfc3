import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { OnaCredential } from '../../../local/credentials/schema.ts';
import { withOna } from '../../../local/ona/connect.ts';
import { listen } from '../../support/listen.ts';
import { describeOna } from '../../support/ona.ts';
import { refusingDatabase } from '../../support/raw-server.ts';
import { tlsFront } from '../adaptors/tls-front.ts';

let server: Server | undefined;
afterEach(() => server?.close());

const connectTo = (port: number, tls: Partial<OnaCredential> = {}) =>
  withOna(
    { host: '127.0.0.1', port, database: 'ona', user: 'u', password: 'pw-marker', ...tls },
    (client) => client.query('SELECT 1'),
  );

test.each([
  [
    '28P01',
    2,
    /^ONA_SIGN_IN: ONA at 127\.0\.0\.1:\d+\/ona: wrong user or password: correct ona\.user/,
  ],
  ['28000', 2, /^ONA_SIGN_IN: .*may not connect: correct ona\.user.* ona\.ssl to true/],
  ['3D000', 2, /^ONA_DATABASE_MISSING: .*no such database: correct ona\.database/],
  ['42501', 1, /^ONA_FORBIDDEN: .*grant it/],
  ['25006', 1, /^ONA_READ_ONLY: .*\(25006\).*: run `check`. It shows the statement/],
  ['42P01', 2, /^ONA_TABLE_MISSING: .*\(42P01\): run `migrate`$/],
  ['42883', 1, /^ONA_TYPE_WRONG: .*another type.*\(42883\): run `check`/],
  [
    '53100',
    1,
    /^ONA_DISK_FULL: .*disk is full \(53100\): ask whoever runs the server to free some space/,
  ],
  ['53300', 1, /^ONA_BUSY: .*no more connections \(53300\): close some/],
  ['57P03', 1, /^ONA_BUSY: .*starting or stopping \(57P03\): run again in a minute/],
  ['57P01', 1, /^ONA_UNREACHABLE: .*ended the connection: run again/],
  ['55P03', 1, /^ONA_BUSY: .*holds a lock \(55P03\)/],
  ['22012', 1, /^ONA_FAILED: .*\(22012\): look the code up/],
])('SQLSTATE %s says which key to correct, and no value', async (state, exitCode, message) => {
  const connecting = connectTo(await refusingDatabase(state));
  await expect(connecting).rejects.toMatchObject({ exitCode });
  await expect(connecting).rejects.toThrow(message);
  await expect(connecting).rejects.not.toThrow(/marker/);
});

test('a server that hangs up is unreachable', async () => {
  server = createServer((socket) => socket.destroy());
  const port = await listen(server);
  await expect(connectTo(port)).rejects.toThrow(/^ONA_UNREACHABLE: .*ona\.host/);
});

test('a server without TLS, and one with a certificate that nobody signed, name what to correct', async () => {
  server = createServer((socket) =>
    socket.on('error', () => {}).once('data', () => socket.end('N')),
  );
  const port = await listen(server);
  await expect(connectTo(port, { ssl: true })).rejects.toThrow(
    /^ONA_UNREACHABLE: .* offers no TLS: .*ona\.ssl/,
  );
  const signed = await tlsFront({ host: '127.0.0.1', port });
  await expect(connectTo(signed, { ssl: true })).rejects.toThrow(
    /^ONA_UNREACHABLE: .* by TLS \(DEPTH_ZERO_SELF_SIGNED_CERT\): .*ona\.ssl and ona\.allowSelfSignedCert/,
  );
});

describeOna(
  'withOna',
  (ona) => {
    test('passes on what the work throws by itself, as it is', async () => {
      const failing = withOna(ona.credentials, async () => {
        throw new RangeError('a fault of ours');
      });
      await expect(failing).rejects.toThrow(RangeError);
    });
  },
  { only: 'PGlite' },
);
