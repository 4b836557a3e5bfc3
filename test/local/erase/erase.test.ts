import { expect, test } from 'vitest';
import { eraseCase } from '../../../local/erase/erase.ts';
import { unexplained } from '../../db/unexplained.ts';
import { readAll } from '../../promises/whole-database.ts';
import { startWith } from '../../promises/world.ts';
import { census } from '../../support/census.ts';
import { describeBoth } from '../../support/ona.ts';

describeBoth('erase', (ona) => {
  test('removes a child from every table at once, says why figures changed, and keeps it out', async () => {
    const primero = await startWith(30);
    const services_section = [{ unique_id: 'service-of-5', service_type: 'x' }];
    primero.store.update(5, { changes: { consent_reporting: true, services_section } });
    primero.store.update(7, { changes: { registration_date: 'some day' } });
    const { sync } = census({ primero, ona });
    await sync();
    const { id, case_id_display } = primero.store.record(5);
    const traces = async () =>
      Object.entries(await readAll(ona)).flatMap(([table, rows]) =>
        rows.some((row) => row.includes(String(id)) || row.includes('service-of-5')) ? table : [],
      );
    await ona.query(
      `UPDATE sync_batches SET next = jsonb_build_array(jsonb_build_object('ask', jsonb_build_array($1::text, 'other')))
       WHERE batch = 1`,
      [id],
    );
    expect(await traces()).toEqual(['case_indicators', 'cases', 'services', 'sync_batches']);

    expect(await eraseCase(ona.credentials, String(case_id_display))).toEqual({
      cases: 1,
      services: 1,
      isNew: true,
    });
    expect(await traces()).toEqual([]);
    const kept = await ona.query('SELECT next FROM sync_batches WHERE batch = 1');
    expect(kept.rows).toEqual([{ next: [{ ask: ['other'] }] }]);
    const { rows } = await ona.query(
      "SELECT reason, lost::integer FROM figure_changes WHERE sync_id = '' AND cut = 'quarter' AND indicator = '4.11a'",
    );
    expect(rows).toEqual([{ reason: 'erased', lost: 1 }]);

    const { last } = await sync();
    expect(last).toMatchObject({ state: 'complete' });
    expect(await traces()).toEqual([]);
    expect(await unexplained(ona)).toEqual([]);
    const held = await ona.query(
      'SELECT held_before, held_after FROM syncs ORDER BY began_at DESC LIMIT 1',
    );
    expect(held.rows[0]!.held_after).toBe(held.rows[0]!.held_before);
  });

  test('keeps out a child by its id in Primero, also one that ONA does not have yet; and knows no number of nobody', async () => {
    const primero = await startWith(10);
    const { id } = primero.store.record(3);
    expect(await eraseCase(ona.credentials, String(id))).toEqual({
      cases: 0,
      services: 0,
      isNew: true,
    });
    expect((await eraseCase(ona.credentials, String(id))).isNew).toBe(false);
    await census({ primero, ona }).sync();
    const { rows } = await ona.query('SELECT count(*)::integer AS count FROM cases');
    expect(rows).toEqual([{ count: 9 }]);
    await expect(eraseCase(ona.credentials, 'nobody')).rejects.toThrow(/^CASE_UNKNOWN/);
  });
});
