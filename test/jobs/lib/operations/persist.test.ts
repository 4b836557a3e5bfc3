import { expect, test, vi } from 'vitest';
import { persist } from '../../../../jobs/lib/operations/persist.ts';
import { INBOX, PRIMERO } from '../../../../jobs/lib/retry.ts';

test.each([
  [PRIMERO, 'PRIMERO_UNAVAILABLE: Primero took longer than a run may take.'],
  [INBOX, 'INBOX_UNREACHABLE: The inbox took longer than a run may take.'],
])('does nothing when the time of the run is over', async (party, message) => {
  const attempt = vi.fn(async () => 'answer');
  expect(await persist(attempt, party, Date.now() + 60_000)).toBe('answer');
  await expect(persist(attempt, party, Date.now() - 1)).rejects.toThrow(message);
  expect(attempt).toHaveBeenCalledTimes(1);
});
