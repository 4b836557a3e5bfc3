import { expect, test } from 'vitest';
import type { Primero, PrimeroOptions } from '../local/primero/index.ts';
import { census } from './support/census.ts';
import { putChild } from './support/children.ts';
import { describeBoth, describeOna, type TestOna } from './support/ona.ts';
import { testPrimero } from './support/primero.ts';

const start = async (options: PrimeroOptions = {}) => {
  const primero = await testPrimero(options);
  putChild(primero, 1);
  return primero;
};

/** Runs a sync; what its first summary tells of Primero's forms and lists. */
const told = async (primero: Primero, ona: TestOna, code: string | null = null) => {
  const { summaries, error } = await census({ primero, ona }).sync();
  expect(error?.split(':')[0] ?? null).toBe(code);
  for (const summary of summaries.slice(1))
    if (summary) expect(summary).toMatchObject({ lists: null, listsChanged: [] });
  return summaries[0]!.listsChanged;
};

describeBoth('what changed in Primero’s forms and lists', (ona) => {
  test('is told by the next sync, once: a new code, another name, an option that was disabled', async () => {
    const primero = await start();
    expect(await told(primero, ona)).toEqual([]);
    const { values } = primero.lookups.find(({ unique_id }) => unique_id === 'lookup-gender')!;
    values.find(({ id }) => id === 'male')!.display_text.en = 'Boy';
    values.find(({ id }) => id === 'female')!.disabled = true;
    values.push({ id: 'not_said', disabled: false, display_text: { en: 'Not said', km: '' } });
    // No mapping names that list.
    primero.lookups
      .find(({ unique_id }) => !/gender|concerns|disab|type|yes/.test(unique_id))!
      .values.pop();
    expect((await told(primero, ona)).sort()).toEqual([
      'sex.female: Female → gone',
      'sex.male: Male → Boy',
      'sex.not_said: new → Not said',
    ]);
    expect(await told(primero, ona)).toEqual([]);
  });
});

describeOna('what changed in Primero’s forms and lists', (ona) => {
  test('is told of a field that was retired, before a sync stops at it, and of one that is new', async () => {
    await told(await start(), ona);
    const without = await start({ missingFields: ['oscar_number'] });
    expect(await told(without, ona, 'PRIMERO_FIELD_HIDDEN')).toEqual([
      'oscar_number: OSCaR number → gone',
    ]);
    expect(await told(await start(), ona)).toEqual(['oscar_number: new → OSCaR number']);
  });

  test('is not told where the user may not see them: the sync does without, and the next one compares with the last that could', async () => {
    await told(await start(), ona);
    expect(await told(await start({ forbidden: ['lookups'] }), ona)).toEqual([]);
    const primero = await start();
    primero.lookups.find(({ unique_id }) => unique_id === 'lookup-gender')!
      .values[0]!.display_text.en = 'Boy';
    expect(await told(primero, ona)).toEqual([expect.stringMatching(/^sex\.\w+: \w+ → Boy$/)]);
  });
});
