import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { spareMemory } from '../../../local/sync/spare-memory.ts';

test('gives back what finished runs left, and leaves nothing in later sandboxes', () => {
  let left: unknown = Array.from({ length: 3_000_000 }, (_, index) => ({ index }));
  expect(left).toHaveLength(3_000_000);
  const before = process.memoryUsage().heapUsed;
  left = null;
  spareMemory();
  expect(process.memoryUsage().heapUsed).toBeLessThan(before - 50_000_000);
  expect(runInNewContext('typeof gc')).toBe('undefined');
});
