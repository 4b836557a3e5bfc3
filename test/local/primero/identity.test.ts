import { expect, test } from 'vitest';
import { displayIdOf, idOf, indexOfId } from '../../../local/primero/identity.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids have the form of a random UUID, are all different, and lead back', () => {
  const ids = new Set<string>();
  for (let index = 0; index < 20_000; index++) {
    const id = idOf(3, index);
    if (!UUID.test(id)) expect.fail(id);
    if (indexOfId(3, id) !== index) expect.fail(`${id} leads elsewhere`);
    if (id.slice(-7) !== displayIdOf(3, index)) expect.fail(`${id} shows another id`);
    ids.add(id);
  }
  expect(ids.size).toBe(20_000);
});

test('one display id in 2,000 is that of another child', () => {
  const display = new Set(Array.from({ length: 100_000 }, (_, index) => displayIdOf(3, index)));
  expect(100_000 - display.size).toBeGreaterThan(45);
  expect(100_000 - display.size).toBeLessThan(90);
});
