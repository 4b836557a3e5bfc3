import { afterAll, beforeAll, test } from 'vitest';
import { describeBoth } from '../support/ona.ts';
import { buildCountry } from './project.ts';
import { syncWhole } from './whole-sync.ts';

describeBoth('another country, with each family of Primero', (ona) => {
  let country: Awaited<ReturnType<typeof buildCountry>>;
  beforeAll(async () => {
    country = await buildCountry();
  });
  afterAll(() => country?.remove());

  test.each(['2.9', '2.12'] as const)('passes a whole sync of Primero %s', (family) =>
    syncWhole(country, ona, family),
  );
});
