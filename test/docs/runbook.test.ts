import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { parseMessage } from '../../jobs/message/parse.ts';
import { CLI_VARIABLE } from '../../local/engine/find-cli.ts';
import { inProject } from '../../local/paths.ts';
import { primeroAndFolder } from '../local/cli/primero-and-folder.ts';
import { callCli } from '../local/cli/run-cli.ts';
import { describeOna } from '../support/ona.ts';

// Several syncs in one test: slow where other tests have the processors.
vi.setConfig({ testTimeout: 180_000 });

const page = await readFile(inProject('docs', 'runbook.md'), 'utf8');

const blocks = (language: string): string[] =>
  [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, named]) => named === language)
    .map(([, , text]) => text!);

const commands = blocks('').flatMap((text) => text.trim().split('\n'));
const CLI = 'npm run -s cli -- ';

/** Commands that another test runs, with what it is called. */
const ELSEWHERE = [
  // test/official/readme.official.ts, with the official CLI; here only its arguments are looked at.
  /^openfn /,
  // .ci/run builds before it tests; a build while tests run would take the files from under them.
  /^npm run build$/,
];

test('Every command is one that is run here, or named above', () => {
  expect(commands.length).toBeGreaterThan(12);
  for (const command of commands)
    expect(command.startsWith(CLI) || ELSEWHERE.some((known) => known.test(command)), command).toBe(
      true,
    );
});

test('The page is one page', () => {
  expect(page.split('\n').length).toBeLessThan(150);
});

test('The commands of the official CLI name files and steps that are there', async () => {
  const { steps } = JSON.parse(await readFile(inProject('workflow.json'), 'utf8'));
  for (const command of commands.filter((each) => each.startsWith('openfn '))) {
    const words = command.split(' ');
    const after = (name: string) => words[words.indexOf(name) + 1]!;
    expect(words[1]).toBe('workflow.json');
    expect(steps.map(({ id }: { id: string }) => id)).toContain(after('--start'));
    const { data } = JSON.parse(await readFile(inProject(after('-s')), 'utf8'));
    expect(parseMessage(data)).toEqual(data);
  }
});

describeOna(
  'the runbook, from top to bottom',
  (ona) => {
    const here = primeroAndFolder({ cases: 200 });
    const file = () => join(here.folder, 'real.json');
    const cli = (command: string) =>
      callCli(command.slice(CLI.length).replace('real.json', file()).split(' '), here.folder);

    test('each command does what the page says, and each statement is one', async () => {
      await writeFile(
        file(),
        JSON.stringify({ primero: here.primero.credential, ona: ona.credentials }),
      );
      // A quarter that stops in its first batch.
      await ona.query('ALTER TABLE cases ADD CONSTRAINT stop CHECK (false)');
      expect((await cli(`${CLI}sync --credentials real.json`)).code).toBe(1);
      await ona.query('ALTER TABLE cases DROP CONSTRAINT stop');

      const failed = await cli(`${CLI}inbox --credentials real.json --json`);
      const { id } = JSON.parse(failed.stdout).find(
        ({ state }: { state: string }) => state === 'failed',
      );

      for (const command of commands.filter((each) => each.startsWith(CLI))) {
        if (command.includes('--engine cli')) continue;
        const { rows } = await ona.query<{ case_id: string }>('SELECT case_id FROM cases LIMIT 1');
        const typed = command
          .replace('BATCH-ID', id)
          .replace('CASE-ID', rows[0]?.case_id ?? 'CASE-ID');
        const { code, stdout, stderr } = await cli(typed);
        const said = `${typed}\n${stdout}\n${stderr}`;
        // 3: complete but for some. 4: not complete yet, as `status` says of the sync that stopped.
        if (code === 1)
          expect(said).toMatch(/is under way: wait until it is over, or take over|NOTHING_DONE/);
        else expect(typed.includes('status') ? [0, 4] : [0, 3], said).toContain(code);
        expect(typed).not.toMatch(/(BATCH|CASE)-ID/);
      }
      for (const sql of blocks('sql')) await ona.query(sql);
      expect((await ona.query('SELECT FROM cases')).rowCount).toBe(0);
      const again = await cli(`${CLI}sync --credentials real.json`);
      expect([0, 3]).toContain(again.code);
      expect((await ona.query('SELECT FROM cases')).rowCount).toBeGreaterThan(100);
    });

    test('without openfn, --engine cli says how to get it', async () => {
      const before = process.env[CLI_VARIABLE];
      process.env[CLI_VARIABLE] = join(here.folder, 'nowhere');
      const command = commands.find((each) => each.includes('--engine cli'))!;
      try {
        const { code, stderr } = await cli(command);
        expect(code).toBe(2);
        expect(stderr).toMatch(/^CLI_MISSING: .*npm install -g @openfn\/cli/m);
      } finally {
        if (before === undefined) delete process.env[CLI_VARIABLE];
        else process.env[CLI_VARIABLE] = before;
      }
    });
  },
  { only: 'PGlite' },
);
