import { createServer } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import { createRunner, type State } from '../../../local/runner/index.ts';
import { selfSigned } from '../../local/adaptors/self-signed.ts';
import { tlsFront } from '../../local/adaptors/tls-front.ts';
import { builtStep, workflowWith } from '../../local/runner/workflow-folder.ts';
import { listen } from '../../support/listen.ts';
import { closedPort, rawServer, refusingDatabase } from '../../support/raw-server.ts';
import { startWebServer } from '../../support/web-server.ts';
import { firstMessage } from '../message/messages.ts';

const PASSWORD = 'secret-password';

/** Runs a built job, with waits that take a thousandth of their time; the failure that it ends with. */
const failureOf = async (job: string, configuration: object, state: State) => {
  const built = await builtStep(job);
  const workflowPath = await workflowWith({ [job]: { ...built, configuration: 'its' } });
  const globals = {
    setTimeout: (work: () => void, ms: number) => setTimeout(work, ms / 1000),
  };
  const runner = createRunner({
    workflowPath,
    credentials: { its: { ...configuration } },
    globals,
  });
  const { ok, failed } = await runner.run(job, state);
  expect(ok).toBe(false);
  expect(failed!.message).not.toMatch(/secret/);
  return failed!;
};

/** Nobody answers, or not as a database does. */
const silent = () => rawServer(() => {});
const withoutTls = () => rawServer((client) => client.once('data', () => client.end('N')));
const hangsUp = () => rawServer((client) => client.destroy());
const withOwnCertificate = async () => tlsFront({ host: '127.0.0.1', port: await silent() });

type OnaCase = [name: string, port: () => Promise<number>, more: object, message: RegExp];

test.each<OnaCase>([
  ['refuses', closedPort, {}, /^ONA_UNREACHABLE: .* while reading places \(ECONNREFUSED\)\./],
  [
    'has a name that nobody knows',
    closedPort,
    { host: 'nowhere.invalid' },
    /^ONA_UNREACHABLE: .*\((ENOTFOUND|EAI_AGAIN)\)\./,
  ],
  ['hangs up', hangsUp, {}, /^ONA_UNREACHABLE: /],
  ['says nothing', silent, {}, /^ONA_UNREACHABLE: .*\(ETIMEDOUT\)\./],
  ['offers no TLS', withoutTls, { ssl: true }, /^ONA_UNREACHABLE: /],
  [
    'has a certificate of its own',
    withOwnCertificate,
    { ssl: true },
    /^ONA_UNREACHABLE: .*\(DEPTH_ZERO_SELF_SIGNED_CERT\)\./,
  ],
  [
    'has no such database',
    () => refusingDatabase('3D000'),
    {},
    /^ONA_SIGN_IN: PostgreSQL reported 3D000/,
  ],
  [
    'refuses the password',
    () => refusingDatabase('28P01'),
    {},
    /^ONA_SIGN_IN: PostgreSQL reported 28P01/,
  ],
  ['has too many connections', () => refusingDatabase('53300'), {}, /^ONA_UNREACHABLE: .* 53300/],
])('An ONA that %s ends upsert-cases with an error of ours', async (_, port, more, message) => {
  const database = { host: 'localhost', port: await port(), database: 'ona', user: 'sync' };
  const configuration = { ...database, password: PASSWORD, ...more };
  const batch = {
    message: firstMessage(),
    rows: [],
    values: [],
    windows: [],
    findings: [],
    cuts: [],
  };
  const failed = await failureOf('upsert-cases', configuration, { batch });
  expect(failed.message).toMatch(message);
});

const web = async () => {
  const server = await startWebServer(() => ({ status: 200 }));
  onTestFinished(() => void server.close());
  return server.url;
};
const tlsWithOwnCertificate = async () => {
  const server = createServer(selfSigned, (_, response) => response.end('{}'));
  const port = await listen(server);
  onTestFinished(() => void server.close());
  return `https://localhost:${port}`;
};

type PrimeroCase = [name: string, url: () => Promise<string>, message: RegExp];

test.each<PrimeroCase>([
  [
    'refuses',
    async () => `http://127.0.0.1:${await closedPort()}`,
    /^PRIMERO_UNREACHABLE: .*\(ECONNREFUSED\)\./,
  ],
  [
    'has a name that nobody knows',
    async () => 'http://nowhere.invalid',
    /^PRIMERO_UNREACHABLE: .*\((ENOTFOUND|EAI_AGAIN)\)\./,
  ],
  ['hangs up', async () => `http://127.0.0.1:${await hangsUp()}`, /^PRIMERO_UNREACHABLE: /],
  [
    'says nothing',
    async () => `http://127.0.0.1:${await silent()}`,
    /^PRIMERO_UNAVAILABLE: Primero did not answer within 60 s\./,
  ],
  ['speaks no TLS', async () => (await web()).replace('http:', 'https:'), /^PRIMERO_UNREACHABLE: /],
  [
    'has a certificate of its own',
    tlsWithOwnCertificate,
    /^PRIMERO_UNREACHABLE: .*\(DEPTH_ZERO_SELF_SIGNED_CERT\)\./,
  ],
])('A Primero that %s ends get-cases with an error of ours', async (_, url, message) => {
  const configuration = { url: await url(), user: 'sync', password: PASSWORD, basicAuth: true };
  const input = { data: firstMessage() };
  const failed = await failureOf('get-cases', configuration, input);
  expect(failed.message).toMatch(message);
});
