import { parseArgs } from 'node:util';
import {
  FAMILIES,
  type Family,
  type PrimeroOptions,
  type Quarter,
  startPrimero,
} from './primero/index.ts';

/**
 * The sandbox Primero as a process of its own, so that a run's memory is the run's.
 *
 * Forked with its options as JSON, or by hand:
 *
 *     node dist/local/primero-server.js --cases 5000 --seed 1 --family 2.14 --port 3000
 *
 * Messages to the parent: `{ ready: credential }`, `{ done: counts }` after a quarter,
 * `{ failed: message }`. Messages from it: `{ quarter: { seed, from, to, share } }`.
 */
type ServerOptions = Omit<PrimeroOptions, 'now'> & { quarters?: Quarter[] };

const isFamily = (text: string): text is Family => FAMILIES.some((family) => family === text);

const readOptions = (args: string[]): ServerOptions => {
  if (args[0]?.startsWith('{')) return JSON.parse(args[0]) as ServerOptions;
  const text = { type: 'string' } as const;
  const options = { cases: text, seed: text, family: text, port: text };
  const { cases, seed, family, port } = parseArgs({ args, options }).values;
  if (family !== undefined && !isFamily(family))
    throw new Error(`--family must be one of ${FAMILIES.join(', ')}, not ${family}`);
  const number = (name: string, value: string | undefined) => {
    if (value !== undefined && !/^\d+$/.test(value))
      throw new Error(`--${name} must be a whole number, not ${value}`);
    return value === undefined ? {} : { [name]: Number(value) };
  };
  return {
    ...number('cases', cases),
    ...number('seed', seed),
    ...number('port', port),
    ...(family ? { family } : {}),
  };
};

const tell = (message: object) => process.send?.(message);

// The parent decides what Ctrl-C means: in a terminal the signal reaches this process, too.
if (process.send) process.on('SIGINT', () => {});
// A parent that went away while this process was starting.
process.on('disconnect', () => process.exit());

try {
  const { quarters = [], ...options } = readOptions(process.argv.slice(2));
  const primero = await startPrimero(options);
  for (const quarter of quarters) primero.store.quarter(quarter);
  const stop = () => primero.close().finally(() => process.exit(0));
  process.on('SIGTERM', stop);
  process.on('message', (message: { quarter?: Quarter }) => {
    if (message.quarter) tell({ done: primero.store.quarter(message.quarter) });
  });
  const { url, user, password } = primero.credential;
  tell({ ready: primero.credential });
  if (!process.send) console.log(`Primero answers at ${url} (user ${user}, password ${password})`);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  tell({ failed: message });
  console.error(`The sandbox Primero did not start: ${message}`);
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
