import { describe, expect, test } from 'vitest';
import { settleCases, settleServices, toReject } from '../../../jobs/writing/conflicts.ts';
import type { MappedChild } from '../../../jobs/writing/state.ts';
import { mapped } from '../mapping/mapped.ts';
import { idOf } from '../message/messages.ts';
import { recordOf } from './held.ts';

const child = (number: number, fields: object = {}): MappedChild => ({
  ...mapped(recordOf(number, fields)),
  origin: 'window',
});
const held = (id: string, number: number) => ({ id, child: idOf(number), counts: true });
const who = (all: Iterable<{ child: string | null }>) => [...all].map((each) => each.child);

describe('case_ids', () => {
  test('of two who swapped are granted, and both let go of their old ones', () => {
    const children = [
      child(1, { case_id_display: 'case-2' }),
      child(2, { case_id_display: 'case-1' }),
    ];
    const { granted, refused } = settleCases(children, [held('case-1', 1), held('case-2', 2)]);
    expect(granted).toEqual(children);
    expect(refused.size).toBe(0);
  });

  test('that another keeps are refused', () => {
    const { granted, refused } = settleCases(
      [child(1, { case_id_display: 'case-2' })],
      [held('case-2', 2)],
    );
    expect(granted).toEqual([]);
    expect(who(refused)).toEqual([idOf(1)]);
  });

  test('of children that cannot be loaded are let go of by nobody', () => {
    const children = [child(1, { case_id_display: 'case-2' }), child(2, { age: 'x' })];
    const { granted } = settleCases(children, [held('case-2', 2), held('case-1', 1)]);
    expect(granted).toEqual([]);
  });
});

describe('Services', () => {
  const withServices = (number: number, ...ids: string[]) =>
    child(number, { services_section: ids.map((unique_id) => ({ unique_id })) });

  test('that their holder in the batch no longer has go to who has them now', () => {
    const children = [withServices(1), withServices(2, 'a')];
    expect(settleServices(children, [held('a', 1)]).refused.size).toBe(0);
  });

  test('that their holder in the batch has, too, are refused', () => {
    const children = [withServices(1, 'a'), withServices(2, 'a')];
    expect(who(settleServices(children, [held('a', 1)]).refused)).toEqual([idOf(2)]);
  });

  test('of a holder that is not in the batch are refused', () => {
    expect(who(settleServices([withServices(2, 'a')], [held('a', 1)]).refused)).toEqual([idOf(2)]);
  });

  test('that their holder has, and that could not be loaded, stay', () => {
    const broken = child(1, { services_section: [{ unique_id: 'a', service_type: {} }] });
    expect(who(settleServices([broken, withServices(2, 'a')], [held('a', 1)]).refused)).toEqual([
      idOf(2),
    ]);
  });
});

test('A reject names who, where, why and the id that was wanted, and never what was there', () => {
  const given = { scope: 'case', field: 'sex', reason: 'TOO_LONG' } as const;
  expect(toReject(child(1), given)).toEqual({
    primero_id: idOf(1),
    ...given,
    wanted: null,
    indicators: 'under18,reintegration',
  });
  expect(toReject(child(1), { ...given, wanted: 'case-2' }).wanted).toBe('case-2');
});
