import { expect, test } from 'vitest';
import { errorLine, reportError } from '../../../local/cli/report-error.ts';
import { UserError } from '../../../local/cli/user-error.ts';

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
  [new UserError('A_CODE', 'what: do', 2), 'A_CODE: what: do', 2],
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

test('stacks come with --debug only, and a document with --json only', () => {
  const plain = said();
  reportError(new Error('A_CODE: text'), { json: false, debug: false }, plain.terminal);
  expect(plain.lines).toEqual({ out: '', err: 'A_CODE: text\n' });

  const full = said();
  reportError(new Error('A_CODE: text'), { json: true, debug: true }, full.terminal);
  expect(full.lines.err).toMatch(/^A_CODE: text\nError: A_CODE: text\n {4}at /);
  expect(JSON.parse(full.lines.out)).toEqual({
    exitCode: 1,
    error: { code: 'A_CODE', message: 'A_CODE: text' },
  });
});
