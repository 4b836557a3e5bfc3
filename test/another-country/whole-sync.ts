import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Family } from '../../local/primero/index.ts';
import type { TestOna } from '../support/ona.ts';
import { indicatorsOf, publishedFor, rowOf } from './expected.ts';
import { startOtherPrimero, translated } from './primero.ts';
import type { buildCountry } from './project.ts';

type Country = Awaited<ReturnType<typeof buildCountry>>;
type Row = Record<string, unknown>;

const byId = (rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => (String(a.primero_id) < String(b.primero_id) ? -1 : 1));

/**
 * Sets up an empty ONA for the invented country and syncs it, as docs/another-country.md says; holds every row and
 * service against what the records say, and looks at what `check`, `dictionary` and `report` make of it.
 */
export const syncWhole = async (country: Country, ona: TestOna, family: Family): Promise<void> => {
  const { primero, url, close } = await startOtherPrimero({ cases: 600, family, seed: 11 });
  try {
    const credentials = { primero: { ...primero.credential, url }, ona: ona.credentials };
    const cli = (...args: string[]) => country.cli(credentials, ...args);
    await ona.clear();
    expect((await cli('migrate')).code).toBe(0);

    const checked = await cli('check');
    expect(checked.out).toContain('Ready to sync');
    for (const line of [
      'fields: all 11 are visible',
      'districts of ONA: 12',
      'indicators of ONA: minors, girls, family_care',
      'indicator Family care',
    ])
      expect(checked.out).toContain(line);

    // The one code that the invented country has no label for.
    expect(checked.out).toMatch(/service_type: \d without a label: support_14/);

    const synced = await cli('sync');
    expect(synced.out).toMatch(/^Complete: every child was looked at/m);
    for (const label of ['Minors', 'Girls', 'Family care']) expect(synced.out).toContain(label);

    const { rows: rejected } = await ona.query<{ primero_id: string; scope: string }>(
      'SELECT primero_id, scope FROM sync_rejects',
    );
    const isRejected = (id: unknown) =>
      rejected.some((each) => each.scope === 'case' && each.primero_id === id);
    const records = primero.store.snapshot().map(translated);
    const held = records.filter(
      (record) => record.enabled && indicatorsOf(record).length > 0 && !isRejected(record.id),
    );
    expect(held.length).toBeGreaterThan(400);
    const expected = held.map((record) => ({ primero_id: record.id, ...rowOf(record) }));
    const columns = Object.keys(expected[0]!).join(', ');
    const { rows } = await ona.query<Row>(`SELECT ${columns} FROM cases`);
    expect(byId(rows)).toEqual(byId(expected));

    const { rows: counted } = await ona.query<Row>(
      'SELECT primero_id, array_agg(indicator ORDER BY indicator) AS indicators FROM case_indicators GROUP BY 1',
    );
    const counts = held.map((record) => ({
      primero_id: record.id,
      indicators: indicatorsOf(record),
    }));
    expect(byId(counted)).toEqual(byId(counts));

    const { rows: services } = await ona.query<Row>(
      "SELECT count(*)::integer AS count, bool_and(service_type LIKE 'Support %') AS labelled FROM services WHERE service_type NOT LIKE '%\\_%'",
    );
    expect(services[0]).toMatchObject({ labelled: true });
    expect(services[0]!.count).toBeGreaterThan(300);

    expect((await cli('dictionary')).out).toMatch(/labels added/);
    const { rows: labels } = await ona.query<Row>(
      "SELECT code, label_en FROM data_dictionary WHERE column_name = 'sex' AND value = 'Girl'",
    );
    expect(labels).toEqual([{ code: 'f', label_en: 'Female' }]);

    const { rows: published } = await ona.query<Row>(`
      SELECT d.name, sum(r.children)::integer AS children
      FROM indicator_definitions d JOIN indicator_rows r ON r.indicator = d.code AND r.measure = 'registered'
      GROUP BY d.name ORDER BY d.name`);
    const numbers = ['family_care', 'girls', 'minors'].map((name) => ({
      name,
      children: held.filter((record) => publishedFor(record).includes(name)).length,
    }));
    expect(published).toEqual(numbers);

    const page = join(country.root, 'report.html');
    expect((await cli('report', '--out', page)).code).toBe(0);
    const html = await readFile(page, 'utf8');
    for (const text of [
      'Minors with a social worker',
      'Children on their way to family care',
      'Northmark',
    ])
      expect(html).toContain(text);
  } finally {
    await close();
  }
};
