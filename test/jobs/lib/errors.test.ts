import { expect, test } from 'vitest';
import { ERRORS, type ErrorCode, SyncError } from '../../../jobs/lib/errors.ts';

test('An error says its code, what failed, and what to do', () => {
  const error = new SyncError('ONA_BUSY', 'PostgreSQL reported 40001 while writing cases.');
  expect(error).toBeInstanceOf(Error);
  expect(error.message).toBe(
    'ONA_BUSY: PostgreSQL reported 40001 while writing cases. ' +
      'Another transaction was in the way and nothing was written: run this batch again.',
  );
  expect(error).toMatchObject({
    name: 'SyncError',
    code: 'ONA_BUSY',
    what: 'PostgreSQL reported 40001 while writing cases.',
  });
});

test.each(Object.keys(ERRORS) as ErrorCode[])('%s says what to do, in whole sentences', (code) => {
  expect(code).toMatch(/^[A-Z_]+$/);
  expect(ERRORS[code]).toMatch(/^[A-Z].*[a-z]{3}.*\.$/);
});
