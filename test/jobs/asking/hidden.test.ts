import { describe, expect, test } from 'vitest';
import { askAboutHidden } from '../../../jobs/asking/hidden.ts';
import { FIELDS } from '../../../jobs/mapping/fields.ts';
import type { Primero } from '../../../local/primero/index.ts';
import { putChild } from '../../support/children.ts';
import { testPrimero } from '../../support/primero.ts';
import { getState, operations } from './states.ts';

const askAbout = (primero: Primero, keyless: readonly string[]) => {
  const state = getState(primero);
  state.reading.keyless = new Set(keyless);
  return askAboutHidden(operations.getCases)(state);
};

const hidden = (field: string) =>
  `PRIMERO_FIELD_HIDDEN: The user sync may not see the field ${field} in Primero. Nothing was written. In Primero, allow the role of this user to view the field. Then run this batch again.`;

/** Solr fails once on anything, as it does on fields without an index. */
const FAILURE = { kind: 'status', status: 500 } as const;

describe.each(['2.9', '2.12', '2.14'] as const)('In Primero %s', (family) => {
  test.each(FIELDS)('%s that is blank in all records is not taken for hidden', async (field) => {
    const primero = await testPrimero({ family });
    putChild(primero, 1);
    const { reading } = await askAbout(primero, [field]);
    expect([...reading.keyless]).toEqual([]);
  });

  test.each(FIELDS)('%s that the user may not see is named', async (field) => {
    const primero = await testPrimero({ family, hiddenFields: [field] });
    putChild(primero, 1);
    await expect(askAbout(primero, [field])).rejects.toThrow(hidden(field));
  });
});

test('Nothing is asked where every field has a key', async () => {
  const primero = await testPrimero();
  await askAbout(primero, []);
  expect(primero.requests).toEqual([]);
});

test('A search that finds nothing without a filter says nothing about a field', async () => {
  const primero = await testPrimero();
  await expect(askAbout(primero, ['sex'])).rejects.toThrow(
    'PRIMERO_BAD_ANSWER: Primero finds nothing where it has no filter.',
  );
});

test('One error of Solr is not believed: the field is asked about once more', async () => {
  const primero = await testPrimero({ family: '2.9', hiddenFields: ['services_section'] });
  putChild(primero, 1);
  primero.faults.use((_, n) => (n === 2 ? FAILURE : undefined));
  await expect(askAbout(primero, ['services_section'])).rejects.toThrow(hidden('services_section'));
  expect(primero.requests).toHaveLength(3);
});

test('A search that fails on anything is no answer about a field', async () => {
  const primero = await testPrimero({ family: '2.9' });
  putChild(primero, 1);
  primero.faults.use(() => FAILURE);
  await expect(askAbout(primero, ['services_section'])).rejects.toThrow('PRIMERO_BAD_ANSWER');
});

test('No child comes with the answers', async () => {
  const primero = await testPrimero();
  putChild(primero, 1);
  await askAbout(primero, ['sex', 'age', 'registration_date', 'created_at']);
  for (const { query } of primero.requests)
    expect(query).toMatchObject({ per: '1', page: '1', fields: 'id' });
});
