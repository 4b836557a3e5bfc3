import type { Message } from '../../jobs/lib/message.ts';

/** A message of a sync up to yesterday, with what a test needs otherwise. */
export const message = (changes: Partial<Message> = {}): Message => {
  const window = { from: '1970-01-01T00:00:00Z', to: '2026-06-30T00:00:00Z' };
  return {
    type: 'primero-ona-sync/batch',
    version: 1,
    mode: 'sync',
    syncId: '20260701T000000Z-test',
    batch: 1,
    window,
    requests: [
      { indicator: 'reintegration', ...window },
      { indicator: 'under18', ...window },
    ],
    ...changes,
  };
};
