import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INBOX, judge, PRIMERO } from '../../jobs/errors/judge.ts';
import * as errors from '../../jobs/errors/registry.ts';
import { SyncError } from '../../jobs/errors/sync-error.ts';
import { Timeout } from '../../jobs/errors/time-out.ts';
import { REASONS } from '../../jobs/mapping/reject.ts';
import { inProject } from '../../local/paths.ts';
import { EXIT } from '../../local/user-error.ts';

const doc = readFileSync(inProject('docs', 'errors.md'), 'utf8');

type Row = { code: string; cells: string[] };

/** Rows of the tables under a heading, by its first word. */
const rowsUnder = (heading: string): Row[] => {
  const [, section = ''] = doc.split(new RegExp(`^## ${heading}.*$`, 'm'));
  const [text = ''] = section.split(/^## /m);
  return [...text.matchAll(/^\| `([A-Z_]+)` \| (.*) \|$/gm)].map(([, code, rest]) => ({
    code: code!,
    cells: rest!.split(' | '),
  }));
};

const RETRIED = rowsUnder('Asked');
const JOBS = [...RETRIED, ...rowsUnder('Over'), ...rowsUnder('Fatal')];

test('each error of the jobs is documented once, with what to do as the error itself says it', () => {
  expect(JOBS.map(({ code }) => code).sort()).toEqual(Object.keys(errors).sort());
  const documented = JOBS.map(({ code, cells }) => [code, `${code}: ${cells[1]}`]);
  expect(Object.fromEntries(documented)).toEqual({ ...errors });
});

test('each reason of a reject is documented, with its meaning as the code has it', () => {
  const rows = rowsUnder('Skipped');
  expect(Object.fromEntries(rows.map(({ code, cells }) => [code, cells[0]]))).toEqual(REASONS);
  for (const { cells } of rows) expect(cells[1]).toMatch(/\.$/);
});

test('what is asked again by itself is what the jobs do ask again', () => {
  const asksAgain = (party: typeof PRIMERO) =>
    [
      new Timeout(),
      Object.assign(new Error('down'), { code: 'ECONNREFUSED' }),
      new SyncError(party.odd, ''),
      ...[401, 403, 404, 418, 429, 500, 503].map((statusCode) => ({ statusCode })),
    ]
      .map((error) => judge(error, party, 0))
      .filter(({ mayPass, code }) => mayPass && code !== errors.INBOX_REFUSED)
      .map(({ code }) => code.split(':')[0]);
  const codes = new Set([...asksAgain(PRIMERO), ...asksAgain(INBOX)]);
  expect(RETRIED.map(({ code }) => code).sort()).toEqual([...codes].sort());
});

// What follows is about the command.

const COMMAND = rowsUnder('Of the command');

const sources = readdirSync(inProject('local'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && existsSync(join(inProject('local'), name)))
  .map((name) => readFileSync(join(inProject('local'), name), 'utf8'));

/** Names in capitals that are no errors: variables of the environment, and notes of the dictionary. */
const NO_ERRORS = /^(PRIMERO_ONA_|OPENFN_CLI$|NO_FIELD$|NO_OPTIONS$)/;

/** Codes in local/: as a text of its own, or in front of one. */
const codesOf = (source: string): string[] =>
  [...source.matchAll(/['`]([A-Z]+(?:_[A-Z]+)+|USAGE|UNEXPECTED|INTERRUPTED|FAILED)(?:: |['`])/g)]
    .map(([, code]) => code!)
    .filter((code) => !NO_ERRORS.test(code));

test('each error of the command is documented once, and no other', () => {
  const codes = new Set(sources.flatMap(codesOf));
  expect(COMMAND.map(({ code }) => code)).toEqual([...codes].sort());
  for (const { code, cells } of COMMAND) expect([code, ...cells]).toHaveLength(4);
});

test('exit codes are those that the command gives', () => {
  for (const source of sources) {
    for (const [, code, rest] of source.matchAll(/new UserError\(\s*'([A-Z_]+)',(.*?)\);\n/gs)) {
      const [, name = 'failed'] = /EXIT\.(\w+)/.exec(rest!) ?? [];
      const row = COMMAND.find((each) => each.code === code);
      const documented = row?.cells[2]?.split(' or ') ?? [];
      expect([code, ...documented]).toContain(String(EXIT[name as keyof typeof EXIT]));
    }
  }
  for (const exit of Object.values(EXIT)) expect(doc).toContain(`**${exit}**`);
});
