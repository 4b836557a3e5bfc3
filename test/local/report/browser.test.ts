import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fillDictionary } from '../../../local/dictionary/fill.ts';
import { startPrimero } from '../../../local/primero/index.ts';
import { writeReport } from '../../../local/report/write-report.ts';
import { addChildren } from '../../db/children.ts';
import { drawnChildren } from '../../db/drawn-children.ts';
import { describeOna } from '../../support/ona.ts';
import { temporaryFolder } from '../cli/run-cli.ts';
import { CHROMIUM, launchChromium } from './chromium.ts';

/** Whether the Khmer letters of both weights are there. As text: it runs in the page. */
const FONTS = `document.fonts.ready.then(() =>
  [400, 700].map((weight) => document.fonts.check(weight + ' 16px "Noto Sans Khmer"', 'ក')))`;

/** What people who cannot see the page, or use no mouse, would miss. */
const FAULTS = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ids = all('[id]').map(({ id }) => id);
  const isNamed = (element) => element.getAttribute('aria-labelledby').split(' ')
    .every((id) => document.getElementById(id)?.textContent);
  return {
    'ids that are there twice': ids.filter((id, n) => ids.indexOf(id) !== n),
    'charts without a text': all('svg').filter((svg) => svg.getAttribute('role') !== 'img' || !isNamed(svg)).length,
    'sections without a name': all('section').filter((section) => !isNamed(section)).length,
    'tables without a caption': all('table').filter((table) => !table.querySelector('caption')?.textContent).length,
    'headings without a scope': all('th:not([scope])').length,
    charts: all('svg').length,
  };
})()`;

type Sums = { key: string | null; count: number }[];

/** Cells of the page's table of an indicator: province, quarter, count. */
const readGrid = (page: Page, language: string, indicator: string) =>
  page
    .locator(`main:lang(${language}) section[data-indicator="${indicator}"] table.grid`)
    .evaluate((table) => {
      const quarters = table.getAttribute('data-quarters')!.split(' ');
      return [...table.querySelectorAll('tbody tr')].flatMap((row) =>
        [...row.querySelectorAll('td:not(.sum)')].map((cell, n) => [
          row.getAttribute('data-province'),
          quarters[n],
          Number(cell.textContent!.replaceAll(',', '')),
        ]),
      );
    });

const readPart = (page: Page, language: string, indicator: string, part: string) =>
  page
    .locator(
      `main:lang(${language}) section[data-indicator="${indicator}"] table[data-part="${part}"]`,
    )
    .evaluate((table) =>
      [...table.querySelectorAll('tbody tr')].map((row) => ({
        key: row.getAttribute('data-value') || null,
        count: Number(row.querySelector('td')!.textContent!.replaceAll(',', '')),
      })),
    );

const bySize = (sums: Sums): Sums =>
  [...sums].sort((a, b) => String(a.key).localeCompare(String(b.key)));

describe.skipIf(!CHROMIUM)('in a browser', () => {
  describeOna(
    'the page',
    (ona) => {
      let folder: Awaited<ReturnType<typeof temporaryFolder>>;
      let browser: Browser;
      let page: Page;
      let file: string;
      const problems: string[] = [];
      const requests: string[] = [];

      beforeAll(async () => {
        folder = await temporaryFolder();
        file = join(folder.path, 'report.html');
        browser = await launchChromium();
      });
      beforeEach(async () => {
        const primero = await startPrimero({ cases: 10 });
        const { url, user, password } = primero;
        await fillDictionary({
          primero: { url, user, password, basicAuth: true },
          ona: ona.credentials,
        });
        await primero.close();
        await addChildren(ona, drawnChildren(1500, 5));
        await writeReport(ona.credentials, file, { isSandbox: true });
        page = await browser.newPage();
        page.on('console', (message) => problems.push(message.text()));
        page.on('pageerror', (error) => problems.push(error.message));
        page.on('request', (request) => requests.push(request.url().slice(0, 12)));
        await page.goto(pathToFileURL(file).href);
      }, 180_000);
      afterAll(async () => {
        await browser?.close();
        await folder?.remove();
      });

      const query = async (sql: string) =>
        (await ona.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row));

      test('opens from disk, is small, switches by keyboard, and its numbers are the database’s', {
        timeout: 120_000,
      }, async () => {
        expect((await stat(file)).size).toBeLessThan(1_000_000);
        const main = (language: string) => page.locator(`main:lang(${language})`);
        expect([await main('en').isVisible(), await main('km').isVisible()]).toEqual([true, false]);
        await page.locator('#lang-en').focus();
        await page.keyboard.press('ArrowRight');
        expect([await main('en').isVisible(), await main('km').isVisible()]).toEqual([false, true]);
        const fonts = await page.evaluate(FONTS);
        expect(fonts).toEqual([true, true]);
        await page.getByLabel('English').check();
        expect([await main('en').isVisible(), await main('km').isVisible()]).toEqual([true, false]);

        const views = [
          ['4.8', 'indicator_4_8'],
          ['4.11a', 'indicator_4_11a'],
        ] as const;
        for (const language of ['en', 'km']) {
          for (const [indicator, view] of views) {
            const cells = await query(
              `SELECT coalesce(province_code, ''), quarter, children::integer FROM ${view}_summary WHERE children > 0`,
            );
            const shown = (await readGrid(page, language, indicator)).filter(
              ([, , count]) => count !== 0,
            );
            expect(shown.map(String).sort()).toEqual(cells.map(String).sort());
            for (const part of ['sex', 'age_group', 'placement_type', 'disability', 'consent']) {
              const rows = await query(
                `SELECT ${part}, sum(children)::integer FROM ${view} GROUP BY ${part}`,
              );
              const sums = rows.map(([key, count]) => ({ key, count })) as Sums;
              expect(bySize(await readPart(page, language, indicator, part))).toEqual(bySize(sums));
            }
            const total = page.locator(
              `main:lang(${language}) section[data-indicator="${indicator}"] [data-total=children]`,
            );
            const [[sum]] = (await query(`SELECT sum(children)::integer FROM ${view}`)) as [
              [number],
            ];
            expect((await total.textContent())?.replaceAll(',', '')).toBe(String(sum));
          }
          const services = await query(
            'SELECT service_type, sum(children)::integer FROM indicator_4_11a_services GROUP BY 1',
          );
          const sums = services.map(([key, count]) => ({ key, count })) as Sums;
          expect(bySize(await readPart(page, language, '4.11a', 'service_type'))).toEqual(
            bySize(sums),
          );
        }

        const faults = await page.evaluate(FAULTS);
        expect(faults).toEqual({
          'ids that are there twice': [],
          'charts without a text': 0,
          'sections without a name': 0,
          'tables without a caption': 0,
          'headings without a scope': 0,
          charts: 8,
        });
        expect(problems).toEqual([]);
        expect(requests.filter((url) => !/^(file:|data:)/.test(url))).toEqual([]);
      });
    },
    { only: 'PGlite' },
  );
});
