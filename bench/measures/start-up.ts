import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inProject } from '../../local/paths.ts';
import { median, sum } from '../arithmetic.ts';
import { compared, number, type Result, told } from '../result.ts';
import { openRunners } from '../runs/runner.ts';
import { createOna } from '../servers/ona.ts';

/** The chain's jobs: their bundles, and an input that each refuses, or is done with, at its first operation. */
const JOBS: Record<string, [bundle: string, input: unknown]> = {
  'initiate-sync': ['0-initiate-sync.js', { unknown: true }],
  'get-cases': ['1-get-cases.js', {}],
  'upsert-cases': ['2-upsert-cases.js', {}],
  'request-next-batch': ['3-request-next-batch.js', {}],
};

const TURNS = 15;
const LINES = 2400;

/** A Primero that notes when it was first asked, and has no answer. */
const openStopwatch = async () => {
  const server = createServer();
  const first = new Promise<number>((resolve) => {
    server.once('request', (_, response) => {
      resolve(performance.now());
      response.writeHead(401).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { credential: { url, user: 'bench', password: 'bench', basicAuth: true }, first, server };
};

const bundles = async () => {
  const texts = Object.values(JOBS).map(([bundle]) =>
    readFile(inProject('dist', 'jobs', bundle), 'utf8'),
  );
  return (await Promise.all(texts)).map((text) => ({
    lines: text.split('\n').length - 1,
    bytes: Buffer.byteLength(text),
  }));
};

/** What a run takes before it asks Primero anything, and how long the bundles are. */
export const measureStartUp = async (): Promise<Result[]> => {
  const { credential: primero, first, server } = await openStopwatch();
  const ona = await createOna();
  const began = performance.now();
  const { runners, close } = await openRunners({ primero, ona: ona.credential });
  const [run] = runners;
  try {
    const message = { type: 'primero-ona-sync/batch', version: 2, syncId: 'start', part: 1 };
    await run!('get-cases', { ...message, batch: 1, from: null, to: null, ask: [] });
    const firstMs = (await first) - began;
    const sizes = await bundles();
    const results: Result[] = [];
    for (const [index, [name, [, input]]] of Object.entries(JOBS).entries()) {
      const times: number[] = [];
      while (times.length < TURNS) times.push((await run!(name, input)).ms);
      const { lines, bytes } = sizes[index]!;
      const size = `${number(lines)} lines, ${number(bytes / 1000)} kB`;
      results.push(told(`start-up: ${name}`, `${number(median(times))} ms; ${size}`));
    }
    const lines = sum(sizes.map((each) => each.lines));
    return [
      told(
        'start-up: a process, with runtime and adaptors, to its first request',
        `${number(firstMs)} ms`,
      ),
      ...results,
      compared('lines of the bundles', [number(lines), number(LINES)], lines / LINES, { most: 1 }),
    ];
  } finally {
    await close();
    await ona.drop();
    server.close();
    server.closeAllConnections();
  }
};
