import { describe, expect, test } from 'vitest';
import { mapped, record, SERVICE_ID, service } from './mapped.ts';

describe('Services', () => {
  const rejected = (field: string, reason: string) => [{ scope: 'service', field, reason }];
  const row = (fields: object = {}) => ({
    unique_id: SERVICE_ID,
    service_type: 'Social Work / Case Work',
    service_date: '2026-01-09T10:20:42.000Z',
    ...fields,
  });

  test.each<[name: string, services: unknown, rows: object[], rejects: object[]]>([
    ['none', [], [], []],
    [
      'not implemented',
      [service({ service_implemented_day_time: 'not implemented' })],
      [row({ service_date: null })],
      [],
    ],
    [
      'no time',
      [service({ service_implemented_day_time: null })],
      [row({ service_date: null })],
      [],
    ],
    [
      'an empty time',
      [service({ service_implemented_day_time: '' })],
      [row({ service_date: null })],
      [],
    ],
    [
      'a day',
      [service({ service_implemented_day_time: '2026/01/09' })],
      [row({ service_date: '2026-01-09T00:00:00.000Z' })],
      [],
    ],
    ['no type', [service({ service_type: null })], [row({ service_type: null })], []],
    ['an id that is a number', [service({ unique_id: 5 })], [row({ unique_id: '5' })], []],
    [
      'two',
      [service({ unique_id: 'a' }), service({ unique_id: 'b' })],
      [row({ unique_id: 'a' }), row({ unique_id: 'b' })],
      [],
    ],
    [
      'without an id',
      [service({ unique_id: undefined }), service()],
      [row()],
      rejected('services_section[0].unique_id', 'MISSING'),
    ],
    [
      'with a blank id',
      [service({ unique_id: '' })],
      [],
      rejected('services_section[0].unique_id', 'MISSING'),
    ],
    [
      'two without an id are two rejects, not one',
      [service({ unique_id: null }), service({ unique_id: null })],
      [],
      [
        ...rejected('services_section[0].unique_id', 'MISSING'),
        ...rejected('services_section[1].unique_id', 'MISSING'),
      ],
    ],
    [
      'the same id twice: the first is kept',
      [service(), service({ service_type: 'other' })],
      [row()],
      rejected('services_section[1].unique_id', 'SERVICE_ID_TWICE'),
    ],
    [
      'the same id as text and number',
      [service({ unique_id: '5' }), service({ unique_id: 5 })],
      [row({ unique_id: '5' })],
      rejected('services_section[1].unique_id', 'SERVICE_ID_TWICE'),
    ],
    [
      'a time that is none',
      [service({ service_implemented_day_time: 'soon' }), service()],
      [row()],
      rejected('services_section[0].service_implemented_day_time', 'NOT_A_TIME'),
    ],
    [
      'a list for a type',
      [service({ service_type: [] })],
      [],
      rejected('services_section[0].service_type', 'NOT_TEXT'),
    ],
    [
      'an entry that is a text',
      ['counselling', service()],
      [row()],
      rejected('services_section[0].unique_id', 'MISSING'),
    ],
    [
      'an entry that is null',
      [null, service()],
      [row()],
      rejected('services_section[0].unique_id', 'MISSING'),
    ],
  ])('%s', (_, services_section, services, rejects) => {
    const result = mapped(record({ services_section }));
    expect(result.row).toMatchObject({ case_id: 'd41f17d' });
    expect(result.services.map((each) => each.row)).toEqual(services);
    expect(result.rejects).toEqual(rejects);
  });

  test('A type without a label is kept as it is and counted', () => {
    const result = mapped(record({ services_section: [service({ service_type: 'new_1' })] }));
    expect(result.services.map((each) => each.row)).toEqual([row({ service_type: 'new_1' })]);
    expect(result.unmapped).toEqual({ service_type: 1 });
  });

  test.each([
    ['never filled', undefined],
    ['cleared to null', null],
    ['cleared to an empty text', ''],
    ['cleared to an empty list', []],
  ])('A list that was %s says that there are none', (_, services_section) => {
    expect(mapped(record({ services_section }))).toMatchObject({
      services: [],
      kept: [],
      rejects: [],
    });
  });

  test.each([
    ['an object', {}],
    ['a text', 'x'],
  ])(
    'What is %s instead of a list is rejected, and says nothing of services',
    (_, services_section) => {
      expect(mapped(record({ services_section }))).toMatchObject({
        row: { case_id: 'd41f17d' },
        services: [],
        kept: null,
        rejects: rejected('services_section', 'NOT_A_LIST'),
      });
    },
  );

  test('Each says where it stands among them', () => {
    const services_section = [service({ unique_id: null }), service()];
    const { services } = mapped(record({ services_section }));
    expect(services.map(({ field }) => field)).toEqual(['services_section[1].unique_id']);
  });

  test.each<[name: string, services_section: unknown[], kept: string[]]>([
    ['one that cannot be loaded stays', [service({ service_type: [] })], [SERVICE_ID]],
    ['one without an id has none to keep', [service({ unique_id: '' })], []],
    ['one that another entry with its id replaces', [service({ service_type: [] }), service()], []],
    ['one that can be loaded is not among them', [service()], []],
  ])(
    'What ONA holds of a service that cannot be loaded is kept: %s',
    (_, services_section, kept) => {
      expect(mapped(record({ services_section })).kept).toEqual(kept);
    },
  );
});
