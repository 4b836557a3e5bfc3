import { describe, expect, test } from 'vitest';
import { split } from '../../../jobs/lib/audit.ts';

const at = (second: number) => `2026-05-01T08:00:0${second}Z`;
const range = { indicator: 'under18' as const, from: at(0), to: at(9) };
const part = (from: number, to: number) => ({ ...range, from: at(from), to: at(to) });

describe('split', () => {
  test('makes parts that begin at the seconds of the cuts, and leaves nothing out', () => {
    const cuts = ['2026-05-01T08:00:03.250Z', '2026-05-01T08:00:03.750Z', new Date(at(7))];
    expect(split(range, cuts)).toEqual([part(0, 2), part(3, 6), part(7, 9)]);
  });

  test('makes a part of the first second where all cuts lie in it: the search goes on with less', () => {
    expect(split(range, Array(15).fill('2026-05-01T08:00:00.250Z'))).toEqual([
      part(0, 0),
      part(1, 9),
    ]);
  });

  test('leaves a single second as it is', () => {
    expect(split(part(3, 3), ['2026-05-01T08:00:03.250Z'])).toEqual([part(3, 3)]);
  });
});
