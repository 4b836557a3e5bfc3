import { spawn } from 'node:child_process';
import type { OnaCredential, PrimeroCredential } from '../../../local/credentials/schema.ts';
import { inProject } from '../../../local/paths.ts';
import { type Ended, follow } from './run-cli.ts';

/** What a person types for servers without an inbox. */
export const answersFor = (
  primero: PrimeroCredential,
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
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  return follow(child).ended;
};
