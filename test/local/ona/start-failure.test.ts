import { expect, test } from 'vitest';
import { startFailure } from '../../../local/ona/start-failure.ts';

test.each([
  [new Error('EACCES: refused'), 'EACCES: refused'],
  [{ name: 'ErrnoError', errno: 51 }, 'ErrnoError 51 (ENOSPC, no space left on the disk)'],
  [{ name: 'ErrnoError', errno: 7 }, 'ErrnoError 7'],
  [{ name: 'ExitStatus', message: 'Program terminated' }, 'Program terminated'],
  [{}, 'no reason given'],
  [null, 'null'],
  ['text', 'text'],
])('%j says %s', (thrown, text) => {
  expect(startFailure(thrown)).toBe(text);
});
