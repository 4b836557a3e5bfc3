import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { OnaCredential } from '../../local/credentials/schema.ts';
import { inProject } from '../../local/paths.ts';
import { answersFor, initCredentials } from '../local/cli/init-credentials.ts';
import { primeroAndFolder } from '../local/cli/primero-and-folder.ts';
import { callCli } from '../local/cli/run-cli.ts';
import { describeOna } from '../support/ona.ts';

// A whole set-up in one test: slow where other tests have the processors.
vi.setConfig({ testTimeout: 180_000 });

const page = await readFile(inProject('docs', 'deploy.md'), 'utf8');

type Step = { sql: string } | { command: string };

/** What stands in code blocks, from top to bottom: statements as they are, commands one by one. */
const steps = [...page.matchAll(/^```(sql)?\n([\s\S]*?)^```$/gm)].flatMap(
  ([, language, text = '']): Step[] =>
    language
      ? [{ sql: text }]
      : text
          .trim()
          .split('\n')
          .map((command) => ({ command })),
);

const CLI = 'npm run -s cli -- ';

/** Commands that are not ours, or that another test runs. */
const ELSEWHERE = [
  // .ci/run installs and builds before it tests.
  /^npm ci$/,
  /^(OPENFN_CREDENTIAL_OWNER=\S+ )?npm run build$/,
  // The platform's own command, and what it is told by the environment.
  /^npm install -g @openfn\/cli@/,
  /^export OPENFN_API_KEY=/,
  /^openfn (project )?(deploy|pull) /,
  // test/watch.test.ts
  /^openfn watch\.json /,
];

/** Roles are the server's, not the database's: here they have names of their own. */
const ROLES = ['ona_owner', 'primero_ona_sync', 'dashboard', 'officer'];
const suffix = randomBytes(4).toString('hex');
const PASSWORDS = { ona_owner: 'choose-a-fourth', primero_ona_sync: 'choose-one' };

test('Every command of the page is run below, or is one of those that are named above', () => {
  const commands = steps.flatMap((step) => ('command' in step ? [step.command] : []));
  expect(commands.length).toBeGreaterThan(15);
  for (const command of commands)
    expect(command.startsWith(CLI) || ELSEWHERE.some((known) => known.test(command)), command).toBe(
      true,
    );
});

describeOna(
  'docs/deploy.md, from top to bottom',
  (ona) => {
    const here = primeroAndFolder({ cases: 200 });
    afterAll(async () => {
      for (const role of ROLES.map((name) => `${name}_${suffix}`)) {
        await ona.query(`DROP OWNED BY ${role} CASCADE`).catch(() => {});
        await ona.query(`DROP ROLE IF EXISTS ${role}`);
      }
    });

    const as = (role: keyof typeof PASSWORDS): OnaCredential => ({
      ...ona.credentials,
      user: `${role}_${suffix}`,
      password: PASSWORDS[role],
    });

    /** Runs a command of ours, with its files in a folder of its own. */
    const run = (command: string) => {
      const args = command.slice(CLI.length).split(' ');
      const paths = args.map((arg) =>
        /^(real|owner)\.json$|^report\.html$/.test(arg) ? join(here.folder, arg) : arg,
      );
      if (args[0] !== 'credentials') return callCli(paths, here.folder);
      const owner = as(args[2] === 'owner.json' ? 'ona_owner' : 'primero_ona_sync');
      return initCredentials(paths[2]!, answersFor(here.primero.credential, owner));
    };

    test('each statement and each command does what the page says, with users of the least rights', async () => {
      await ona.clear();
      await ona.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
      let hasSynced = false;
      for (const step of steps) {
        if ('sql' in step) {
          const named = ROLES.reduce(
            (text, role) => text.replaceAll(new RegExp(`\\b${role}\\b`, 'g'), `${role}_${suffix}`),
            step.sql,
          );
          await ona.query(named);
          continue;
        }
        const { command } = step;
        if (!command.startsWith(CLI)) continue;
        if (command.includes('status') && !hasSynced) {
          // What *Run* does on the platform.
          const { code, stderr } = await run(`${CLI}sync --credentials real.json`);
          expect([0, 3], stderr).toContain(code);
          hasSynced = true;
        }
        const { code, stdout, stderr } = await run(command);
        expect(code, `${command}\n${stdout}\n${stderr}`).toBe(0);
        if (command.includes(' check '))
          expect(stdout).toMatch(/\nReady to sync(, \d warnings?)?\.\n$/);
        if (command.includes('--dry-run')) expect(stdout).toMatch(/dry run/i);
        if (command.includes(' status ')) expect(stdout).toMatch(/^Complete as of/);
        if (command.endsWith('--orphans')) expect(stdout).toMatch(/^No row was left/);
      }
      expect((await ona.query('SELECT FROM cases')).rowCount).toBeGreaterThan(100);
      expect((await ona.query('SELECT FROM data_dictionary')).rowCount).toBeGreaterThan(50);
      expect((await stat(join(here.folder, 'report.html'))).size).toBeGreaterThan(10_000);
    });
  },
  { only: 'PostgreSQL' },
);
