import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as errors from '../../../jobs/errors/registry.ts';
import { SyncError } from '../../../jobs/errors/sync-error.ts';
import { inProject } from '../../../local/paths.ts';

const sources = readdirSync(inProject('jobs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('registry.ts'))
  .map((name) => readFileSync(join(inProject('jobs'), name), 'utf8'));

const used = new Set(
  sources.flatMap((source) =>
    [...source.matchAll(/\berrors\.([A-Z][A-Z_]+)/g)].map(([, code]) => code!),
  ),
);

test('An error says its code, what failed, and what to do', () => {
  const what = 'PostgreSQL reported 40001 while writing cases.';
  const error = new SyncError(errors.ONA_BUSY, what);
  expect(error).toBeInstanceOf(Error);
  expect(error.message).toBe(
    'ONA_BUSY: PostgreSQL reported 40001 while writing cases. ' +
      'Another transaction was in the way, so nothing was written. Run this batch again.',
  );
  expect(error).toMatchObject({ name: 'SyncError', code: 'ONA_BUSY', what });
});

describe('Each error of the registry', () => {
  test.each(Object.entries(errors))(
    '%s begins with its name, and says what to do',
    (name, kind) => {
      const [code, remedy] = kind.split(': ', 1).concat(kind.slice(kind.indexOf(': ') + 2));
      expect(code).toBe(name);
      expect(remedy).toMatch(/^[A-Z].*[a-z]{3}.*\.$/);
    },
  );

  test('is raised somewhere, and no other is', () => {
    expect([...used].sort()).toEqual(Object.keys(errors).sort());
  });
});
