import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { inProject } from '../../local/paths.ts';

/** What the jobs find in the place of the platform and of its adaptors. */
export interface World {
  getCases(query: Record<string, unknown>): Promise<{ data: unknown; metadata: unknown }>;
  getOne(path: string, query: Record<string, unknown>): Promise<unknown>;
  sql(query: { text: string; values: unknown[] }): Promise<unknown[]>;
  post(url: string, body: unknown): Promise<void>;
  now(): number;
  random(): number;
  setTimer(fire: () => void, ms: number): number;
  clearTimer(id: number): void;
}

type State = Record<string, unknown>;
type Job = (state: State) => Promise<State>;

/** The jobs by number, as built from their sources. */
export type Jobs = readonly [initiate: Job, get: Job, upsert: Job, request: Job];

/** A line of a source in another form, to see whether that is found. */
export interface Mutation {
  file: string;
  from: string;
  to: string;
}

const KEY = 'primero-ona-sync.simulation';

/** The world that runs find now. */
export const surround = (world: World): void => {
  (globalThis as Record<symbol, unknown>)[Symbol.for(KEY)] = world;
};

const world = `globalThis[Symbol.for('${KEY}')]`;

/** The clock, dice and timers of a history in the place of the machine's; nothing is logged. */
const GLOBALS = `
const Date = class extends globalThis.Date {
  constructor(...args) { super(...(args.length > 0 ? args : [${world}.now()])); }
  static now() { return ${world}.now(); }
};
const Math = Object.create(globalThis.Math, { random: { value: () => ${world}.random() } });
const setTimeout = (fire, ms) => ${world}.setTimer(fire, ms);
const clearTimeout = (id) => ${world}.clearTimer(id);
const console = { log() {}, warn() {}, error() {} };`;

const FN = 'export const fn = (operation) => (state) => operation(state);';

/** Adaptors with the contract of the official ones, as far as the jobs use it. */
const ADAPTORS: Record<string, string> = {
  primero: `${FN}
    export const getCases = (query) => async (state) => ({ ...state, ...(await ${world}.getCases(query)) });
    export const http = {
      // Forms and lists say nothing of a child: they are blank here, and no request of the history.
      get: (path, { query = {} } = {}) => async (state) => ({
        ...state, data: path.startsWith('cases/') ? await ${world}.getOne(path, query) : { data: [] },
      }),
    };`,
  postgresql: `${FN}
    export const sql = (query) => async (state) => ({ ...state, data: await ${world}.sql(query) });`,
  http: `${FN}
    export const post = (url, body) => async (state) => { await ${world}.post(url, body); return state; };`,
};

const plugin = (mutation: Mutation | null): Plugin => ({
  name: 'simulation',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@openfn\/language-/ }, ({ path }) => ({
      path: path.replace('@openfn/language-', ''),
      namespace: 'adaptor',
    }));
    onLoad({ filter: /.*/, namespace: 'adaptor' }, ({ path }) => ({ contents: ADAPTORS[path]! }));
    onLoad({ filter: /\/jobs\/.*\.(ts|sql)$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      if (mutation && path === inProject(mutation.file)) {
        if (contents.split(mutation.from).length !== 2)
          throw new Error(`Simulation: ${mutation.file} has no single "${mutation.from}"`);
        contents = contents.replace(mutation.from, () => mutation.to);
      }
      return { contents, loader: path.endsWith('.sql') ? 'text' : 'ts' };
    });
  },
});

/** Builds the jobs from their sources, for the simulated world. */
export const loadJobs = async (mutation: Mutation | null = null): Promise<Jobs> => {
  const names = ['0-initiate-sync', '1-get-cases', '2-upsert-cases', '3-request-next-batch'];
  const folder = await mkdtemp(join(tmpdir(), 'simulation-'));
  try {
    const load = async (name: string): Promise<Job> => {
      const result = await build({
        entryPoints: [inProject('jobs', `${name}.ts`)],
        plugins: [plugin(mutation)],
        banner: { js: GLOBALS },
        bundle: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        logLevel: 'silent',
      });
      const file = join(folder, `${name}.mjs`);
      await writeFile(file, result.outputFiles[0]!.text);
      const module = await import(/* @vite-ignore */ pathToFileURL(file).href);
      const operations: ((state: State) => State | Promise<State>)[] = module.default;
      return async (start) => {
        let state = start;
        for (const operation of operations) state = await operation(state);
        return state;
      };
    };
    return (await Promise.all(names.map(load))) as unknown as Jobs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
