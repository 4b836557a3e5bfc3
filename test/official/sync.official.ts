import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createCliRunner } from '../../local/engine/cli-runner.ts';
import { requireCli } from '../../local/engine/find-cli.ts';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import type { createRunner, LogLine } from '../../local/runner/index.ts';
import { CENSUS } from '../../local/sync/input.ts';
import { runSync } from '../../local/sync/run-sync.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';

const MINUTE = 60_000;

const path = await requireCli();

describeOna(
  'sync --engine cli',
  (ona) => {
    let primero: Primero | undefined;
    let folder: string | undefined;
    afterEach(async () => {
      await primero?.close();
      if (folder) await rm(folder, { recursive: true });
      folder = undefined;
    });

    const sync = async (engine: 'runtime' | 'cli', { lines }: { lines?: string[] } = {}) => {
      folder ??= await mkdtemp(join(tmpdir(), 'official-'));
      const makeRunner: typeof createRunner = (options) => createCliRunner(path, options);
      return runSync({
        credentials: { primero: primero!.credential, ona: ona.credentials },
        paths: { inbox: join(folder, engine) },
        signal: new AbortController().signal,
        input: CENSUS,
        ...(engine === 'cli' && { makeRunner }),
        ...(lines && { log: ({ text }: LogLine) => void lines.push(text) }),
      });
    };

    /** All rows, but for when and by which sync they were written. */
    const contents = async () => {
      const rows = async (sql: string) => (await ona.query(sql)).rows;
      return {
        cases: await rows(
          `SELECT to_jsonb(c) - 'sync_id' - 'last_updated_date' AS row FROM cases c ORDER BY case_id`,
        ),
        services: await rows('SELECT to_jsonb(s) AS row FROM services s ORDER BY unique_id'),
        rejects: await rows(
          `SELECT to_jsonb(r) - 'sync_id' - 'written_at' AS row FROM sync_rejects r
         ORDER BY primero_id, field`,
        ),
      };
    };

    test.each(['2.9', '2.12', '2.14'] as const)(
      'brings over from Primero %s what the runtime does, row for row, and shows no record',
      async (family) => {
        primero = await startPrimero({
          cases: 3000,
          family,
          seed: 3,
          until: Date.now() - 60 * MINUTE,
        });
        const lines: string[] = [];
        const first = await sync('cli', { lines });
        expect(first).toMatchObject({ outcome: 'complete but', sync: { state: 'complete' } });
        expect(await findDifferences(primero, ona)).toEqual([]);
        const official = await contents();
        expect(official.cases.length).toBeGreaterThan(2000);

        await ona.reset();
        await sync('runtime');
        expect(await contents()).toEqual(official);

        const said = lines.join('\n');
        expect(said).toContain('cases retrieved from request');
        const { rows } = await ona.query<{ id: string }>('SELECT primero_id AS id FROM cases');
        for (const { id } of rows) expect(said.includes(id)).toBe(false);
        expect(said).not.toContain(primero.credential.password);
      },
    );

    test('a second quarter moves what changed', async () => {
      const now = Date.now();
      primero = await startPrimero({ cases: 1000, until: now - 60 * MINUTE });
      await sync('runtime');
      primero.store.quarter({
        seed: 5,
        from: now - 50 * MINUTE,
        to: now - 20 * MINUTE,
        share: 0.1,
      });
      expect(await sync('cli')).toMatchObject({ sync: { state: 'complete' } });
      expect(await findDifferences(primero, ona)).toEqual([]);
    });

    test('values that ONA does not take fail the sync, and nothing is shown of their rows', async () => {
      primero = await startPrimero({ cases: 300 });
      await ona.query('ALTER TABLE cases ADD CONSTRAINT grown CHECK (age > 200)');
      const lines: string[] = [];
      const { outcome, failed } = await sync('cli', { lines });
      expect(outcome).toBe('failed');
      expect(failed).toMatchObject({ step: 'upsert-cases', code: 'TOO_MANY_REJECTS' });
      expect(`${failed!.message}\n${lines.join('\n')}`).not.toMatch(/Failing row|\d{8}, /);
      const { rows } = await ona.query('SELECT count(*)::integer AS count FROM cases');
      expect(rows[0]!.count).toBe(0);
    });

    test('a wrong password of Primero is said as such', async () => {
      primero = await startPrimero({ cases: 10 });
      const runner = createCliRunner(path, {
        credentials: {
          primero: { ...primero.credential, password: 'no' },
          ona: {},
          inbox: {},
        },
      });
      const { failed } = await runner.run('get-cases', {
        data: {
          ...{ type: 'primero-ona-sync/batch', version: 2, syncId: 'a', part: 1, batch: 2 },
          ...{ from: '2026-01-01T00:00:00Z', to: null, ask: [] },
        },
      });
      expect(failed).toMatchObject({ step: 'get-cases', code: 'PRIMERO_SIGN_IN' });
    });

    test('an answer that ends the process is made up for by running the batch again', async () => {
      primero = await startPrimero({ cases: 100 });
      let pages = 0;
      // The first page of cases: what comes before it is only a look whether Primero is there.
      primero.faults.use(({ query }) =>
        query.order_by && pages++ === 0 ? { kind: 'html' } : undefined,
      );
      expect(await sync('cli')).toMatchObject({ sync: { state: 'complete' } });
    });
  },
  { only: 'PGlite' },
);
