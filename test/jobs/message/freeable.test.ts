import { describe, expect, test } from 'vitest';
import { freeable, type Waiting } from '../../../jobs/message/freeable.ts';

const waits = (child: string, holder: string | null, fields: Partial<Waiting> = {}): Waiting => ({
  child,
  holder,
  scope: 'case',
  isGoing: false,
  ...fields,
});
const going = { isGoing: true };
const service = { scope: 'service' as const };

describe('Who can get the id that it wants', () => {
  test.each<[name: string, waiting: Waiting[], now: string[], withRemovals: string[]]>([
    ['nobody waits', [], [], []],
    ['an id that nobody has any more', [waits('dara', null)], ['dara'], []],
    ['one whose holder stays', [waits('dara', 'sokha')], [], []],
    ['one whose holder goes', [waits('dara', 'sokha', going)], [], ['dara']],
    [
      'two who want each other’s id',
      [waits('dara', 'sokha'), waits('sokha', 'dara')],
      ['dara', 'sokha'],
      [],
    ],
    [
      'a circle of three',
      [waits('dara', 'sokha'), waits('sokha', 'bopha'), waits('bopha', 'dara')],
      ['dara', 'sokha', 'bopha'],
      [],
    ],
    [
      'one behind a circle, with it',
      [waits('vanna', 'dara'), waits('dara', 'sokha'), waits('sokha', 'dara')],
      ['vanna', 'dara', 'sokha'],
      [],
    ],
    [
      'a chain whose end is free: all of it, together',
      [waits('dara', 'sokha'), waits('sokha', null)],
      ['dara', 'sokha'],
      [],
    ],
    [
      'a chain whose end stays: none of it',
      [waits('dara', 'sokha'), waits('sokha', 'bopha')],
      [],
      [],
    ],
    [
      'a chain whose end goes: all of it, with the removals',
      [waits('dara', 'sokha'), waits('sokha', 'bopha', going)],
      [],
      ['dara', 'sokha'],
    ],
    ['a service that nobody has', [waits('dara', null, service)], ['dara'], []],
    [
      'services do not free each other: both children stay',
      [waits('dara', 'sokha', service), waits('sokha', 'dara', service)],
      [],
      [],
    ],
    [
      'a service whose holder waits for a free case_id: both are asked',
      [waits('dara', 'sokha', service), waits('sokha', null)],
      ['dara', 'sokha'],
      [],
    ],
    [
      'one that can get an id now is not asked with the removals, too',
      [waits('dara', null), waits('dara', 'sokha', { ...service, ...going })],
      ['dara'],
      [],
    ],
  ])('%s', (_, waiting, now, withRemovals) => {
    expect(freeable(waiting)).toEqual({ now, withRemovals });
  });
});
