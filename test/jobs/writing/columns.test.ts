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
const without = (all: readonly string[], ...some: string[]) =>
  all.filter((name) => !some.includes(name));

describe('write-cases.sql has the columns of the mapping, in their order', () => {
  test('as parameters, each with its type', () => {
    const parameters = listBehind(WRITE_CASES, /\) AS i/);
    expect(parameters).toEqual([...names(IDENTITY_COLUMNS), 'counts', ...names(CASE_COLUMNS)]);
    const types = [...IDENTITY_COLUMNS, { type: 'boolean' }, ...CASE_COLUMNS].map(
      ({ type }) => type,
    );
    expect(typesFrom(WRITE_CASES, 6)).toEqual(['uuid', ...types.slice(1)]);
  });

  test('where a child is compared with what ONA holds', () => {
    const compared = without(CASES, 'primero_id');
    expect(listBehind(WRITE_CASES, /THEN 'older'\s+WHEN /)).toEqual(
      compared.map((name) => `i.${name}`),
    );
    expect(listBehind(WRITE_CASES, /IS NOT DISTINCT FROM/)).toEqual(
      compared.map((name) => `c.${name}`),
    );
  });

  test('where a child is inserted', () => {
    const columns = listBehind(WRITE_CASES, /INSERT INTO cases/);
    expect(without(columns, 'sync_id', 'last_updated_date')).toEqual(CASES);
    const [, selected = ''] =
      /SELECT\s+\$1, now\(\), ([^()]+?)\s+FROM judged/.exec(WRITE_CASES) ?? [];
    expect(selected.split(',').map((name) => name.trim())).toEqual(CASES);
  });

  test('where a child is updated', () => {
    const columns = listBehind(WRITE_CASES, /UPDATE cases c SET/);
    const [, values = ''] = /ROW \(\s*\$1, now\(\), ([^()]+)\)/.exec(WRITE_CASES) ?? [];
    expect(without(columns, 'sync_id', 'last_updated_date')).toEqual(without(CASES, 'primero_id'));
    expect(values.split(',').map((name) => name.trim())).toEqual(
      without(CASES, 'primero_id').map((name) => `j.${name}`),
    );
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
