import { afterAll, beforeAll, test } from 'vitest';
import { describeOna } from '../support/ona.ts';
import { buildCountry } from './project.ts';
import { syncWhole } from './whole-sync.ts';

describeOna('another country', (ona) => {
  let country: Awaited<ReturnType<typeof buildCountry>>;
  beforeAll(async () => {
    country = await buildCountry();
  });
  afterAll(() => country?.remove());

  test('is set up by its folder of configuration alone, and passes a whole sync', () =>
    syncWhole(country, ona, '2.14'));
});
