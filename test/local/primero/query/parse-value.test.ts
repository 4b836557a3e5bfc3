import { expect, test } from 'vitest';
import { parseValue } from '../../../../local/primero/query/parse-value.ts';

const time = (text: string) => Date.parse(text);

test.each([
  ['', { kind: 'blank' }],
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['17', { kind: 'number', value: 17 }],
  ['-17', { kind: 'text', text: '-17' }],
  ['female', { kind: 'text', text: 'female' }],
  ['2026-03-09', { kind: 'day', time: time('2026-03-09T00:00:00Z'), text: '2026-03-09' }],
  ['2026-02-30', { kind: 'text', text: '2026-02-30' }],
  [
    '1,b',
    {
      kind: 'list',
      values: [
        { kind: 'number', value: 1 },
        { kind: 'text', text: 'b' },
      ],
    },
  ],
  [
    '0..17',
    { kind: 'range', from: { kind: 'number', value: 0 }, to: { kind: 'number', value: 17 } },
  ],
  ['5..', { kind: 'range', from: { kind: 'number', value: 5 }, to: { kind: 'blank' } }],
])('%s', (text, expected) => {
  expect(parseValue(text)).toEqual(expected);
});

test.each([
  ['2026-03-09T10:38:34Z', '2026-03-09T10:38:34.000Z'],
  ['2026-03-09T10:38:34.074Z', '2026-03-09T10:38:34.074Z'],
  ['2026-03-09 10:38:34', '2026-03-09T10:38:34.000Z'],
  ['2026-03-09T10:38:34+07:00', '2026-03-09T03:38:34.000Z'],
  ['2026-03-09T10:38:34-0730', '2026-03-09T18:08:34.000Z'],
])('date-time %s', (text, expected) => {
  expect(parseValue(text)).toEqual({ kind: 'time', time: time(expected), text });
});

test('a date-time has microseconds, and no more', () => {
  const text = '2026-03-09T10:38:34.9999999Z';
  expect(parseValue(text)).toMatchObject({ time: time('2026-03-09T10:38:34.999Z') + 0.999 });
});
