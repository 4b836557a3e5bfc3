import { describe, expect, test } from 'vitest';
import { type Answer, toWindow } from '../../../jobs/asking/answers.ts';
import { INDICATORS } from '../../../jobs/indicators.ts';
import type { CaseRecord } from '../../../jobs/record.ts';
import { createdAt } from '../../support/children.ts';
import { idOf } from '../message/messages.ts';

const child = (number: number, fields: object = {}): CaseRecord => ({
  id: idOf(number),
  created_at: createdAt(number),
  ...fields,
});

const answer = (which: 0 | 1, fields: Partial<Answer> = {}): Answer => ({
  indicator: INDICATORS[which]!,
  kept: [],
  moved: [],
  ghosts: 0,
  ...fields,
});

const RANGE = { from: '2026-01-01T00:01:00Z', to: '2026-01-01T00:03:00Z' };

describe('The answers of a window together', () => {
  test('have a child that several brought once, as the last one has it', () => {
    const later = child(1, { age: 10 });
    const { children } = toWindow(
      [answer(0, { kept: [child(1)] }), answer(1, { kept: [later] })],
      RANGE,
    );
    expect(children).toEqual([{ record: later, broughtBy: ['under18', 'reintegration'] }]);
  });

  test.each<[name: string, created: string, isInside: boolean]>([
    ['before it begins', '2026-01-01T00:00:59.999Z', false],
    ['as it begins', '2026-01-01T00:01:00.000Z', true],
    ['just before its end', '2026-01-01T00:02:59.999Z', true],
    ['as it ends', '2026-01-01T00:03:00.000Z', false],
    ['as it begins, said in another zone', '2026-01-01T07:01:00.000+07:00', true],
    ['as it ends, said in another zone', '2025-12-31T19:03:00.000-05:00', false],
  ])('know who was created within: %s', (_, created_at, isInside) => {
    const { children } = toWindow([answer(0, { kept: [child(1, { created_at })] })], RANGE);
    expect(children).toHaveLength(isInside ? 1 : 0);
  });

  test('have who was created at any later time where the window has no end', () => {
    const { children } = toWindow([answer(0, { kept: [child(1e6)] })], { ...RANGE, to: null });
    expect(children).toHaveLength(1);
  });

  test('have who has moved on, wherever, and as brought by nobody', () => {
    const { children } = toWindow([answer(0, { moved: [child(1e6)] })], RANGE);
    expect(children).toEqual([{ record: child(1e6), broughtBy: [] }]);
  });

  test('count ghosts by indicator', () => {
    const window = toWindow([answer(0, { ghosts: 2 }), answer(1, { ghosts: 3 })], RANGE);
    expect(window.ghosts).toEqual({ under18: 2, reintegration: 3 });
  });
});
