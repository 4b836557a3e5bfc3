import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDictionary } from '../../../local/dictionary/fill.ts';
import { type Primero, startPrimero } from '../../../local/primero/index.ts';
import { describeOna } from '../../support/ona.ts';

describeOna('the dictionary', (ona) => {
  let primero: Primero;
  beforeAll(async () => {
    primero = await startPrimero({ cases: 10 });
  });
  afterAll(() => primero?.close());
  const servers = (changes = {}) => ({
    primero: { ...primero.credential, ...changes },
    ona: ona.credentials,
  });

  test('is filled from forms and lookups, and a second run changes nothing', async () => {
    const first = await fillDictionary(servers());
    expect(first.inserted).toBeGreaterThan(80);
    expect(first).toMatchObject({ updated: 0, unchanged: 0, kept: 0, findings: [] });
    expect(await fillDictionary(servers())).toMatchObject({
      inserted: 0,
      updated: 0,
      unchanged: first.inserted,
    });
    const { rows } = await ona.query(`
      SELECT column_name, value, label_en, label_km, code, source FROM data_dictionary
      WHERE (column_name, value) IN (('sex', ''), ('sex', 'Female'), ('placement_type', 'kinship care'),
        ('consent_for_reporting', 'true'), ('service_type', 'Counselling'), ('disabled', 'Vision Disability'))
      ORDER BY column_name, value`);
    expect(rows.map(({ label_en, label_km, code }) => [label_en, label_km, code])).toEqual([
      ['Yes', 'បាទ/ចាស', 'true'],
      ['Vision Disability', 'ពិការភាពគំហើញ', 'vision_disability_33985'],
      ['Kinship care', 'ការថែទាំដោយញាតិ', 'kinship_care_20417'],
      ['Counselling', 'ការប្រឹក្សា', 'counselling'],
      ['Sex', 'ភេទ', 'sex'],
      ['Female', 'ស្រី', 'female'],
    ]);
    expect(primero.requests.map(({ path }) => path)).not.toContain('/api/v2/cases');
  });

  test('is asked for again where Primero is busy, and not where the password is wrong', async () => {
    primero.faults.next({ kind: 'status', status: 503, retryAfter: 0 });
    primero.faults.next({ kind: 'html' });
    expect((await fillDictionary(servers())).inserted).toBeGreaterThan(80);
    const before = primero.requests.length;
    await expect(fillDictionary(servers({ password: 'wrong' }))).rejects.toThrow(
      /^PRIMERO_SIGN_IN: .*primero\.password/,
    );
    expect(primero.requests.length).toBe(before + 1);
  });

  test('needs the migrations, and says so before it asks Primero', async () => {
    await ona.query('DROP VIEW data_freshness');
    const before = primero.requests.length;
    await expect(fillDictionary(servers(), { file: 'real.json' })).rejects.toThrow(
      /^ONA_VIEW_MISSING: .*migrate --credentials real\.json/,
    );
    expect(primero.requests.length).toBe(before);
  });
});

test('an answer that is no list, or a role that may not read forms, is said in one line', async () => {
  const primero = await startPrimero({ cases: 1, forbidden: ['forms'] });
  const ona = { host: 'localhost', port: 1, database: 'none', user: 'none', password: '' };
  const { readVocabulary } = await import('../../../local/dictionary/read-primero.ts');
  await expect(readVocabulary(primero.credential)).rejects.toThrow(
    /^PRIMERO_FORBIDDEN: .*forms.*role/,
  );
  await primero.close();
  await expect(fillDictionary({ primero: primero.credential, ona })).rejects.toThrow(
    /^ONA_UNREACHABLE/,
  );
});
