import type { Draw } from './random.ts';

export type Message = Record<string, unknown> & {
  syncId: string;
  part: number;
  batch: number;
  from: string | null;
  to: string | null;
  ask: string[];
};

const TIMES = [
  '1900-01-01T00:00:00Z',
  '2024-06-01T00:00:00Z',
  '2025-08-15T12:00:00Z',
  '2026-09-01T00:00:00Z',
  '2999-01-01T00:00:00Z',
];

/** Somebody else's version of a message: any fields with valid values. */
export const tamper = (message: Message, ids: readonly string[], draw: Draw): Message => {
  const changed: Message = { ...message };
  for (let times = 1 + draw.int(2); times > 0; times -= 1) {
    const some = () => Array.from({ length: draw.int(8) }, () => draw.pick(ids));
    const time = draw.pick(TIMES);
    switch (draw.int(12)) {
      case 0:
        changed.ask = some();
        break;
      case 1:
        changed.ask = [...message.ask, ...some()];
        break;
      case 2:
        changed.from = draw.pick([null, time]);
        break;
      case 3:
        changed.to = draw.pick([null, time]);
        break;
      case 4:
        changed.batch = draw.pick([1, 2, message.batch + 1, 99_999]);
        break;
      case 5:
        changed.part = draw.pick([1, 2, 3]);
        break;
      case 6:
        changed.changedSince = time;
        break;
      case 7:
        changed.recount = [...TIMES].slice(0, 1 + draw.int(4));
        break;
      case 8:
        changed.dryRun = true;
        break;
      case 9:
        changed.syncId = draw.pick(['hostile', `${message.syncId}x`]);
        Object.assign(changed, draw.chance(0.5) && { part: 1, batch: 1, takeOver: true });
        break;
      case 10:
        Object.assign(changed, { from: null, ask: [] });
        break;
      default:
        Object.assign(changed, { part: 1, batch: 1, acceptRemovals: 1000, parts: 3 });
    }
  }
  return changed;
};
