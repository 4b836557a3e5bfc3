import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INBOX, judge, PRIMERO } from '../../jobs/errors/judge.ts';
import * as errors from '../../jobs/errors/registry.ts';
import { SyncError } from '../../jobs/errors/sync-error.ts';
import { Timeout } from '../../jobs/errors/time-out.ts';
import { errorsPage } from '../../local/errors/page.ts';
import { type Code, ERRORS } from '../../local/errors/registry.ts';
import { EXIT } from '../../local/exit.ts';
import { inProject } from '../../local/paths.ts';

const doc = readFileSync(inProject('docs', 'errors.md'), 'utf8');

const sources = readdirSync(inProject('local'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && existsSync(join(inProject('local'), name)))
  .map((name) => [name, readFileSync(join(inProject('local'), name), 'utf8')] as const);

test('The tables of the page are those of the registry: `npm run -s docs` writes them', () => {
  expect(doc).toBe(errorsPage(doc));
  for (const code of Object.keys(ERRORS)) expect(doc).toContain(`\n| \`${code}\` | `);
  for (const exit of Object.values(EXIT)) expect(doc).toContain(`**${exit}**`);
});

test('What the page lacks or has too much is put right', () => {
  const spoiled = doc
    .replace(/^\| `ONA_BUSY` .*\n/m, '')
    .replace('| `USAGE` |', '| `NO_SUCH` | a | b | 1 |\n| `USAGE` |');
  expect(spoiled).not.toBe(doc);
  expect(errorsPage(spoiled)).toBe(doc);
});

test('Each error of the jobs is known, with what to do as the error itself says it', () => {
  for (const [code, kind] of Object.entries(errors))
    expect(`${code}: ${ERRORS[code as Code].todo}`).toBe(kind);
});

test('Each error of the command is raised somewhere, and none beside the registry', () => {
  const all = sources.filter(([name]) => !name.startsWith('errors')).map(([, source]) => source);
  for (const [code, { group }] of Object.entries(ERRORS))
    if (group === 'command')
      expect(
        all.some((source) => source.includes(`'${code}'`) || source.includes(`${code}: `)),
        code,
      ).toBe(true);
  for (const source of all) expect(source).not.toMatch(/new Error\(\s*['`][A-Z]+_[A-Z_]+:/);
});

test('What to do is said as sentences, and each meaning stands once', () => {
  const meanings = Object.values(ERRORS).map(({ meaning }) => meaning);
  expect(new Set(meanings).size).toBe(meanings.length);
  for (const { meaning, todo } of Object.values(ERRORS)) {
    expect(meaning).toMatch(/^.*[.]$/);
    expect(todo).toMatch(/^.*[.]$/);
  }
});

test('What is asked again by itself is what the jobs do ask again', () => {
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
  const again = Object.entries(ERRORS).filter(([, { group }]) => group === 'again');
  expect(again.map(([code]) => code).sort()).toEqual([...codes].sort());
});
