import { describe, expect, test } from 'vitest';
import { locate, toGazetteer } from '../../../jobs/mapping/locations.ts';
import { locationRows, places } from './places.ts';

const gazetteer = toGazetteer(locationRows);

const chetrBorei = {
  province: 'Kratie',
  province_code: '10',
  district: 'Chetr Borei',
  district_code: '1006',
};
const mongkolBorei = {
  province: 'Banteay Meanchey',
  province_code: '1',
  district: 'Mongkol Borei',
  district_code: '102',
};

describe('toGazetteer', () => {
  test('Holds all 210 districts and their 25 provinces', () => {
    expect(gazetteer.districts.size).toBe(210);
    expect(gazetteer.provinces.size).toBe(25);
  });

  test('A province has no district', () => {
    expect(gazetteer.provinces.get('10')).toEqual({
      province: 'Kratie',
      province_code: '10',
      district: null,
      district_code: null,
    });
  });

  test('No rows, no places', () => {
    expect(locate('10', toGazetteer([]))).toBeNull();
  });
});

describe('locate', () => {
  test.each([
    ['a village, eight digits', '10060802', chetrBorei],
    ['a commune, six digits', '100608', chetrBorei],
    ['a district, four digits', '1006', chetrBorei],
    ['a province, two digits', '10', { ...chetrBorei, district: null, district_code: null }],
    ['a village, seven digits', '1020105', mongkolBorei],
    ['a commune, five digits', '10201', mongkolBorei],
    ['a district, three digits', '102', mongkolBorei],
    ['a province, one digit', '1', { ...mongkolBorei, district: null, district_code: null }],
    ['a village that no list has', '10069999', chetrBorei],
  ])('%s', (_, code, place) => {
    expect(locate(code, gazetteer)).toEqual(place);
  });

  test.each([
    ['a district that is not there', '1099'],
    ['a village in a district that is not there', '10990101'],
    ['a province that is not there', '99'],
    ['a leading zero', '010201'],
    ['zero', '0'],
    ['nine digits', '100608021'],
    ['ten digits', '1006080201'],
    ['no digits', 'KH-10'],
    ['digits and a letter', '1006x'],
    ['spaces around it', ' 1006 '],
    ['a line end', '1006\n'],
    ['other digits', '១០០៦'],
    ['nothing', ''],
    ['a name that objects have', 'constructor'],
  ])('%s is unknown', (_, code) => {
    expect(locate(code, gazetteer)).toBeNull();
  });

  test('Every place of the official gazetteer, and a village in it, lies in its own province', () => {
    for (const { code, level, province_code } of places) {
      expect(locate(code, gazetteer), code).toMatchObject({ province_code });
      if (level === 'commune') {
        expect(locate(`${code}01`, gazetteer), code).toEqual(locate(code, gazetteer));
      }
    }
  });

  test('Every commune lies in the district with which its code begins', () => {
    for (const { code, level } of places.filter(({ level }) => level === 'commune')) {
      expect(locate(code, gazetteer)?.district_code, `${level} ${code}`).toBe(code.slice(0, -2));
    }
  });

  test('Every district is found by its code, with its names', () => {
    for (const { code, ...names } of locationRows) {
      expect(locate(code, gazetteer)).toEqual({ ...names, district_code: code });
    }
  });
});
