import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { makeProgram } from '../../local/cli/program.ts';
import { startPrimero } from '../../local/primero/index.ts';
import { startCli, temporaryFolder } from '../local/cli/run-cli.ts';
import { describeOna } from '../support/ona.ts';

/** Command lines of all processes, as any user of the machine can read them: from /proc, or ps where there is none. */
const commandLines = async (): Promise<string[]> => {
  if (!existsSync('/proc/self/cmdline')) {
    const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'args']);
    return stdout.split('\n');
  }
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = (id: string) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
  return (await Promise.all(ids.map(read))).map((line) => line.replaceAll('\0', ' '));
};

test('no option of any command takes a secret', () => {
  const terminal = { out: { write: () => {} }, err: { write: () => {} } };
  const program = makeProgram({ terminal, end: async () => {} });
  const commands: Command[] = [program, ...program.commands];
  const options = commands.flatMap((command) => command.options.map(({ long }) => long ?? ''));
  expect(options.length).toBeGreaterThan(20);
  expect(options.filter((long) => /pass|secret|token|key|user/.test(long))).toEqual([]);
});

describeOna(
  'the processes of a sync',
  (ona) => {
    test('have no secret in their arguments', async () => {
      const folder = await temporaryFolder();
      const primero = await startPrimero({
        cases: 3000,
        seed: 4,
        password: 'SECRET-in-no-argument',
      });
      try {
        const file = join(folder.path, 'credentials.json');
        const credentials = {
          primero: primero.credential,
          ona: ona.credentials,
        };
        await writeFile(file, JSON.stringify(credentials));
        const sync = startCli(['sync', '--credentials', file, '--parts', '3'], folder.path);
        let isOver = false;
        void sync.ended.then(() => {
          isOver = true;
        });
        const lines = new Set<string>();
        while (!isOver) for (const line of await commandLines()) lines.add(line);
        expect([0, 3]).toContain((await sync.ended).code);
        const having = (text: string) => [...lines].filter((line) => line.includes(text)).length;
        expect(having(`sync --credentials ${file}`)).toBeGreaterThan(0);
        expect(having(primero.credential.password)).toBe(0);
      } finally {
        await primero.close();
        await folder.remove();
      }
    });
  },
  { only: 'PGlite' },
);
