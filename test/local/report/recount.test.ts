import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, onTestFinished, test } from 'vitest';
import { fillDictionary } from '../../../local/dictionary/fill.ts';
import { type Primero, startPrimero } from '../../../local/primero/index.ts';
import { writeReport } from '../../../local/report/write-report.ts';
import {
  type Counted,
  countsIn,
  quarterOf,
  recount,
  recountFigures,
  rounded,
} from '../../db/recount.ts';
import { expectDetails, expectSummaries } from '../../db/recounted-views.ts';
import { census } from '../../support/census.ts';
import { describeOna, type TestOna } from '../../support/ona.ts';
import { temporaryFolder } from '../cli/run-cli.ts';
import { readXlsx } from './read-xlsx.ts';
import { expectPage } from './recounted-page.ts';
import { expectSheet, type Row } from './recounted-sheets.ts';
import { childrenOf, labelsOf } from './sandbox-children.ts';

/** Two syncs of the sandbox's own records, a quarter apart, with labels; and what ONA should count after them. */
const twoSyncs = async (ona: TestOna, primero: Primero): Promise<Counted[]> => {
  const { sync } = census({ primero, ona });
  await sync();
  const before = primero.store.snapshot();
  primero.store.quarter({ seed: 2, from: Date.now() - 8e9, to: Date.now() - 1e6, share: 0.3 });
  const second = new Date().toISOString();
  expect((await sync()).last.state).toBe('complete');
  await fillDictionary({ primero: primero.credential, ona: ona.credentials });
  const children = childrenOf(before, primero.store.snapshot(), second, primero.lookups);
  expect(children.filter(({ under18 }) => typeof under18 === 'object').length).toBeGreaterThan(10);
  return children;
};

/** Children with a value that has no label, in the order of the view. */
const unlabelledOf = (children: readonly Counted[], primero: Primero) => {
  const names = new Set(labelsOf(primero.lookups, 'service-type').keys());
  const of = (column: string, value: string | null, has: (child: Counted) => boolean) => {
    const count = (name: 'reintegration' | 'under18') =>
      children.filter((each) => has(each) && countsIn(quarterOf(each.registered), each[name]))
        .length;
    return {
      column_name: column,
      value,
      cases_4_8: count('reintegration'),
      cases_4_11a: count('under18'),
    };
  };
  const located = new Set(
    primero.store
      .snapshot()
      .filter(({ location_current: code }) => code)
      .map(({ id }) => String(id)),
  );
  const types = new Set(
    children
      .flatMap(({ services }) => services)
      .filter((type) => type !== null && !names.has(type)),
  );
  return [
    of('location_code', null, ({ place, name }) => place === null && located.has(name)),
    ...[...types]
      .sort()
      .map((type) => of('service_type', type, ({ services }) => services.includes(type))),
  ].filter(({ cases_4_8, cases_4_11a }) => cases_4_8 + cases_4_11a > 0);
};

describeOna('after two syncs of the sandbox', (ona) => {
  test('views, spreadsheets and page equal a recount of Primero’s own records, in English and Khmer', {
    timeout: 180_000,
  }, async () => {
    const primero = await startPrimero({ cases: 2500 });
    onTestFinished(() => primero.close());
    const children = await twoSyncs(ona, primero);
    const counts = recount(children);
    await expectDetails(ona, counts);
    await expectSummaries(ona, counts);
    const figures = recountFigures(children);
    const inOrder = (all: object[]) => all.map((each) => JSON.stringify(each)).sort();
    const ofFigures = 'indicator, measure, cut, period, key1, key2, children::integer';
    expect(inOrder((await ona.query(`SELECT ${ofFigures} FROM figures_now`)).rows)).toEqual(
      inOrder(figures),
    );
    const unlabelled = unlabelledOf(children, primero);
    expect(unlabelled.length).toBeGreaterThan(1);
    const { rows: found } = await ona.query(
      'SELECT column_name, value, cases_4_8::integer, cases_4_11a::integer FROM unlabelled_values ORDER BY 1, 2',
    );
    expect(found).toEqual(unlabelled);

    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const of = (ending: string) => join(folder.path, `page.${ending}`);
    await writeReport(ona.credentials, {
      folder: folder.path,
      html: of('html'),
      csv: of('csv'),
      xlsx: of('xlsx'),
    });
    const table = parse(await readFile(of('csv'), 'utf8'), { bom: true }) as string[][];
    const [columns, ...body] = table;
    const rows = body.map(
      (row): Row => Object.fromEntries(columns!.map((column, n) => [column, row[n]!])),
    );
    const shown = expectSheet(rows, figures);
    const [numbers, about] = readXlsx(await readFile(of('xlsx')));
    expect(numbers).toEqual(table);
    expect(about!.flat()).toContain('Primero is one of the sources of 4.11a.');

    const html = await readFile(of('html'), 'utf8');
    const lost = primero.store
      .snapshot(({ age }) => age !== null && age < 18)
      .filter(({ enabled }) => enabled === true)
      .flatMap(({ services_section: services }) => (services ?? []) as { unique_id?: unknown }[])
      .filter(({ unique_id }) => !unique_id).length;
    expect(lost).toBeGreaterThan(0);
    let compared = 0;
    for (const language of ['en', 'km'] as const) {
      const page = expectPage(html, language, figures, shown);
      const [, { cells: fresh }] = page.freshness as [object, { cells: string[] }];
      expect(fresh[2]!.match(/\d+/g)).toEqual(['0', String(lost)]);
      expect(page.unlabelled.map(({ cells }) => cells.slice(1))).toEqual(
        unlabelled.map(({ cases_4_8, cases_4_11a }) => [rounded(cases_4_8), rounded(cases_4_11a)]),
      );
      for (const { labels } of page.measures)
        for (const [list, cut] of [
          ['gender', 'sex and age'],
          ['disability-type', 'disability'],
          ['placement-type', 'placement'],
        ] as const)
          for (const [key, label] of labelsOf(primero.lookups, list)) {
            const read = labels.get(`${cut}|${key}`);
            if (read === undefined) continue;
            compared += 1;
            expect(read).toBe(language === 'en' ? label.en : label.km || `${label.en}*`);
          }
    }
    expect(compared).toBeGreaterThan(40);
    for (const row of rows.filter(({ cut, key1 }) => cut === 'disability' && key1 !== '')) {
      const label = labelsOf(primero.lookups, 'disability-type').get(row.key1!)!;
      expect([row.key1_en, row.key1_km]).toEqual([label.en, label.km]);
    }
  });
});
