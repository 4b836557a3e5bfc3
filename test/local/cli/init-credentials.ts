import { spawn } from 'node:child_process';
import type { OnaCredential, PrimeroCredential } from '../../../local/credentials/schema.ts';
import { inProject } from '../../../local/paths.ts';
import type { Ended } from './run-cli.ts';

/** What a person types for servers without an inbox. */
export const answersFor = (
  primero: Pick<PrimeroCredential, 'url' | 'user' | 'password'>,
  { host, port, database, user, password }: OnaCredential,
): string[] => [
  ...[primero.url, primero.user, primero.password],
  ...[host, String(port), database, user, password || 'any', 'no', ''],
];

/** Runs the built command `credentials init` with some lines as its input. */
export const initCredentials = (
  file: string,
  lines: string[],
  ...options: string[]
): Promise<Ended> => {
  const child = spawn(
    process.execPath,
    [inProject('dist', 'local', 'cli.js'), 'credentials', 'init', file, ...options],
    { stdio: 'pipe' },
  );
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      said[name] += chunk;
    });
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
};
