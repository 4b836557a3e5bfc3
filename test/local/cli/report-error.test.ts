import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { errorLine, reportError } from '../../../local/cli/report-error.ts';
import { UserError } from '../../../local/user-error.ts';
import { callCli, temporaryFolder } from './run-cli.ts';

const said = () => {
  const lines = { out: '', err: '' };
  const to = (key: 'out' | 'err') => ({
    write: (text: string) => {
      lines[key] += text;
    },
  });
  return { lines, terminal: { out: to('out'), err: to('err') } };
};

test.each([
  [new UserError('USAGE', 'what', 'do'), 'USAGE: what: do', 2],
  [
    new UserError('STATE_UNREADABLE', 'what'),
    'STATE_UNREADABLE: what: check who owns it, or remove it. Then run again',
    1,
  ],
  [new Error('ONA_BUSY: in the way. Run again.'), 'ONA_BUSY: in the way. Run again.', 1],
  [
    new Error('MESSAGE_INVALID: the "batch" is wrong.'),
    'MESSAGE_INVALID: the "batch" is wrong.',
    2,
  ],
  [new Error('first\n  second'), /^UNEXPECTED: first second: run again with --debug/, 1],
  ['thrown text', /^UNEXPECTED: thrown text: /, 1],
])('%s is one line with an exit code', (error, message, exitCode) => {
  const line = errorLine(error);
  expect(line.exitCode).toBe(exitCode);
  expect(line.message).toMatch(message);
  expect(line.message).not.toMatch(/\n/);
});

describe('an error of the system', () => {
  const STATE = resolve('/somewhere/state');
  beforeEach(() => {
    vi.stubEnv('PRIMERO_ONA_STATE', STATE);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const refused = (code: string, path?: string) =>
    Object.assign(new Error(`${code}: refused, open`), {
      ...{ errno: -13, code, syscall: 'open' },
      ...(path && { path }),
    });

  test.each([
    ['EACCES', join(STATE, 'lock.json.1-2.tmp'), STATE],
    ['EROFS', join(STATE, 'inbox', 'm.json.tmp'), join(STATE, 'inbox')],
    ['ENOTDIR', STATE, STATE],
    ['EACCES', resolve('/somewhere'), STATE],
    ['ENOSPC', undefined, STATE],
  ])('%s at %s is of the state folder', (code, path, folder) => {
    expect(errorLine(refused(code, path))).toEqual({
      code: 'STATE_UNWRITABLE',
      message: `STATE_UNWRITABLE: cannot write to ${folder} (${code}): check who owns it and whether there is space, or name another folder in PRIMERO_ONA_STATE`,
      exitCode: 2,
    });
  });

  test.each([
    ['EACCES', resolve('/somewhere/state-of-others/x')],
    ['EPIPE', undefined],
  ])('%s at %s is none of ours, and its code no code', (code, path) => {
    expect(errorLine(refused(code, path))).toMatchObject({ code: 'UNEXPECTED', exitCode: 1 });
  });
});

test('a state folder that cannot be says so, whatever wants it', async () => {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  const file = join(folder.path, 'file');
  await writeFile(file, '');
  for (const state of [file, join(file, 'state')]) {
    const { code, stderr } = await callCli(['sync', '--sandbox', '--cases', '5'], state);
    expect({ code, last: stderr.trim().split('\n').at(-1) }).toEqual({
      code: 2,
      last: expect.stringMatching(
        /^STATE_UNWRITABLE: cannot write to .*file\S* \((EEXIST|ENOTDIR)\): check/,
      ),
    });
  }
});

test('stacks come with --debug only, and a document with --json only', () => {
  const plain = said();
  reportError(new Error('ONA_BUSY: text'), { json: false, debug: false }, plain.terminal);
  expect(plain.lines).toEqual({ out: '', err: 'ONA_BUSY: text\n' });

  const full = said();
  reportError(new Error('ONA_BUSY: text'), { json: true, debug: true }, full.terminal);
  expect(full.lines.err).toMatch(/^ONA_BUSY: text\nError: ONA_BUSY: text\n {4}at /);
  expect(JSON.parse(full.lines.out)).toEqual({
    exitCode: 1,
    error: { code: 'ONA_BUSY', message: 'ONA_BUSY: text' },
  });
});
