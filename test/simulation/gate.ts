import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inProject } from '../../local/paths.ts';

/** What a job asks of the world outside: a page of Primero, a connection, a statement, a post to the inbox. */
export type Operation = {
  kind: 'get' | 'connect' | 'sql' | 'post';
  /** Text of the statement. */
  text: string;
  /** Does it, for real. */
  execute: () => Promise<unknown>;
  /** Does another statement in its place, on the same connection. */
  instead: (text: string) => Promise<unknown>;
};

/** Who decides when an operation of a run happens, and whether. */
export type Gate = {
  pass(operation: Operation): Promise<unknown>;
  /** The state that upsert-cases starts from. */
  saw(state: object): void;
};

/** The gate of the run that is under way. */
export const gates = new AsyncLocalStorage<Gate>();

const KEY = 'primero-ona-sync.simulation.gates';
(globalThis as Record<symbol, unknown>)[Symbol.for(KEY)] = gates;

const wrapper = (real: string, kind: Operation['kind'], name: string) => `
import { AsyncLocalStorage } from 'node:async_hooks';
import * as real from ${JSON.stringify(pathToFileURL(real).href)};
export * from ${JSON.stringify(pathToFileURL(real).href)};
const gates = globalThis[Symbol.for(${JSON.stringify(KEY)})];
export const ${name} = (...args) => (state) => {
  const inRun = AsyncLocalStorage.snapshot();
  const execute = () => inRun(async () => real.${name}(...args)(state));
  const instead = (text) => inRun(async () => real.${name}(text)(state));
  return gates.getStore().pass({ kind: '${kind}', text: String(args[0]?.text ?? ''), execute, instead });
};
${
  kind === 'sql'
    ? `// A job that ends waits for its connection, which PGlite gives it only when no transaction is open.
const connected = async (state) => {
  const inRun = AsyncLocalStorage.snapshot();
  const execute = () => inRun(async () => real.sql('SELECT 1')(state));
  // Without a connection the job's first statement fails.
  await gates.getStore().pass({ kind: 'connect', text: '', execute, instead: execute }).catch(() => {});
  return state;
};
export const execute = (...operations) => (state) => {
  gates.getStore().saw(state);
  return real.execute(connected, ...operations)(state);
};`
    : ''
}`;

const REAL = {
  primero: {
    path: inProject('dist', 'adaptors', 'primero', 'index.js'),
    kind: 'get',
    name: 'getCases',
  },
  postgresql: {
    path: inProject('dist', 'adaptors', 'postgresql', 'index.js'),
    kind: 'sql',
    name: 'sql',
  },
  http: {
    path: inProject('node_modules', '@openfn', 'language-http', 'dist', 'index.js'),
    kind: 'post',
    name: 'post',
  },
} as const;

/** Folders with the adaptors, each of whose requests passes the gate of its run. */
export const gatedAdaptors = async (): Promise<Record<string, string>> => {
  const root = await mkdtemp(join(tmpdir(), 'simulation-'));
  const folders: Record<string, string> = {};
  for (const [adaptor, { path, kind, name }] of Object.entries(REAL)) {
    const folder = join(root, adaptor);
    await mkdir(folder);
    const manifest = { name: adaptor, version: '0.0.0', type: 'module', main: 'index.js' };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'index.js'), wrapper(path, kind, name));
    folders[`@openfn/language-${adaptor}`] = folder;
  }
  return folders;
};
