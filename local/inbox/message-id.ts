import { randomInt } from 'node:crypto';

/** What an id says by itself, so that no file has to be opened to list ten thousand messages. */
export type IdParts = { syncId: string; part: number; batch: number; arrival: number };

const FORM = /^([A-Za-z0-9][A-Za-z0-9_-]*)-p(\d+)-b(\d+)-(\d+)-[a-z0-9]{4}$/;

const safe = (text: unknown): string =>
  typeof text === 'string' && text !== ''
    ? text
        .slice(0, 40)
        .replace(/[^A-Za-z0-9-]/g, '_')
        .replace(/^[_-]+/, '') || 'unnamed'
    : 'unnamed';

/** A number of a part or batch as a message has it; 0 for anything else. */
const whole = (value: unknown): number =>
  Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0;

/**
 * An id for a message: `<syncId>-p<part>-b<batch>-<arrival>-<4 random characters>`, of letters, digits,
 * `-` and `_` only. `arrival` counts the messages of one inbox; the random end keeps apart what
 * two processes add to one folder.
 */
export const makeId = (message: unknown, arrival: number): string => {
  const { syncId, part, batch } = Object(message);
  const end = randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0');
  const number = String(whole(batch)).padStart(4, '0');
  return `${safe(syncId)}-p${whole(part)}-b${number}-${String(arrival).padStart(6, '0')}-${end}`;
};

/** Reads an id. Returns null if the inbox cannot have made it, for example if it contains a path. */
export const parseId = (id: string): IdParts | null => {
  const [, syncId, part, batch, arrival] = FORM.exec(id) ?? [];
  if (syncId === undefined) return null;
  return { syncId, part: Number(part), batch: Number(batch), arrival: Number(arrival) };
};
