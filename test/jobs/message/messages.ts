import type { Message } from '../../../jobs/message/message.ts';

/** The message of a later batch, with what a test changes. */
export const message = (fields: Partial<Message> = {}): Message => ({
  type: 'primero-ona-sync/batch',
  version: 2,
  syncId: '20261001T000000Z-k3v9',
  part: 1,
  batch: 3,
  from: '2026-01-01T00:00:00Z',
  to: null,
  ask: [],
  ...fields,
});

/** The message with which a census begins. */
export const firstMessage = (fields: Partial<Message> = {}): Message =>
  message({ batch: 1, from: '1900-01-01T00:00:00Z', ...fields });

/** An id for a number, or a name of up to twelve digits. */
export const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
