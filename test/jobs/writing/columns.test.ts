import { describe, expect, test } from 'vitest';
import {
  CASE_COLUMNS,
  type Column,
  IDENTITY_COLUMNS,
  SERVICE_COLUMNS,
} from '../../../jobs/mapping/columns.ts';
import WRITE_CASES from '../../../jobs/writing/write-cases.sql';
import WRITE_SERVICES from '../../../jobs/writing/write-services.sql';

/** The names of a list in parentheses: the first one behind a pattern. */
const listBehind = (text: string, pattern: RegExp): string[] => {
  const [found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`${pattern} is not there`);
  const [, list = ''] =
    /^[^()]*\(([^()]*)\)/.exec(text.slice(text.indexOf(found) + found.length)) ?? [];
  return list.split(',').map((name) => name.trim());
};

/** The types of a statement's array parameters, in their order from one on. */
const typesFrom = (text: string, first: number): string[] =>
  [...text.matchAll(/\$(\d+)::(\w+)\[\]/g)]
    .filter(([, number]) => Number(number) >= first)
    .map(([, , type]) => type!);

const names = (columns: readonly Column[]) => columns.map(({ name }) => name);
const CASES = [...names(IDENTITY_COLUMNS), ...names(CASE_COLUMNS)];

describe('write-cases.sql has the columns of the mapping, in their order', () => {
  test('as parameters, each with its type', () => {
    const parameters = listBehind(WRITE_CASES, /\) AS i/);
    expect(parameters).toEqual(CASES);
    const types = [...IDENTITY_COLUMNS, ...CASE_COLUMNS].map(({ type }) => type);
    expect(typesFrom(WRITE_CASES, 6).slice(0, CASES.length)).toEqual(['uuid', ...types.slice(1)]);
  });

  test('where a child is compared with what ONA holds', () => {
    const [, held = ''] =
      /held AS MATERIALIZED \(\s+SELECT\s([^()]+?)\s+FROM cases/.exec(WRITE_CASES) ?? [];
    expect(held.split(',').map((name) => name.trim())).toEqual(CASES);
  });

  test.each([
    ['inserted', /INSERT INTO cases/],
    ['updated', /UPDATE cases c SET/],
  ])('where a child is %s', (_, pattern) => {
    expect(listBehind(WRITE_CASES, pattern)).toEqual(['sync_id', 'last_updated_date', ...CASES]);
  });
});

describe('write-services.sql has the columns of the mapping, in their order', () => {
  const all = ['primero_id', 'case_id', ...names(SERVICE_COLUMNS)];

  test('as parameters, each with its type', () => {
    expect(listBehind(WRITE_SERVICES, /AS o/)).toEqual(all);
    const types = ['uuid', 'text', ...SERVICE_COLUMNS.map(({ type }) => type)];
    expect(typesFrom(WRITE_SERVICES, 4)).toEqual(types);
  });

  test('where a service is compared and inserted', () => {
    const [, offered = '', held = ''] =
      /SELECT ([^()]+) FROM offered\s+EXCEPT\s+SELECT ([^()]+) FROM own\b/.exec(WRITE_SERVICES) ??
      [];
    const list = (text: string) =>
      text.split(',').map((name) => name.trim().replace(" AT TIME ZONE 'UTC' AS service_date", ''));
    expect(list(held)).toEqual(all);
    expect(list(offered)).toEqual(all);
    expect(listBehind(WRITE_SERVICES, /INSERT INTO services/).sort()).toEqual([...all].sort());
  });
});
