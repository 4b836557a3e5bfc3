import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fillDictionary } from '../../../local/dictionary/fill.ts';
import { startPrimero } from '../../../local/primero/index.ts';
import { writeReport } from '../../../local/report/write-report.ts';
import { addChildren } from '../../db/children.ts';
import { drawnChildren } from '../../db/drawn-children.ts';
import { keep } from '../../db/figure-writes.ts';
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

/** Whether the page is wider than the window. */
const IS_TOO_WIDE = 'document.documentElement.scrollWidth > window.innerWidth';

/** What an A4 sheet on its side has room for between margins of 11 mm, in pixels. */
const PRINTED_WIDTH = 1039;

/** How the page is printed. As text: it runs in the page. */
const PRINTED = `(() => {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length > 0);
  const colours = seen('main :is(p, li, th, td, h1, h2, h3)').map((each) => getComputedStyle(each).color);
  const isCut = (table) => table.getBoundingClientRect().right > window.innerWidth
    || table.closest('.scroll')?.scrollWidth > table.closest('.scroll')?.clientWidth;
  return {
    buttons: seen('a, input, label').length,
    colours: [...new Set(colours)],
    'tables that are cut': seen('table').filter(isCut).map((each) => each.className),
    pages: seen('section[data-indicator]').every((each) => getComputedStyle(each).breakBefore === 'page'),
  };
})()`;

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
        await fillDictionary({
          primero: primero.credential,
          ona: ona.credentials,
        });
        await primero.close();
        await addChildren(ona, drawnChildren(1500, 5));
        await keep(ona, 'q3', '2026-10-01');
        await ona.query("INSERT INTO publications (quarter, sync_id) VALUES ('2026-Q1', 'q3')");
        await ona.query(`UPDATE services SET service_type = 'an_option_that_primero_has_no_longer_00417'
                         WHERE primero_id = (SELECT primero_id FROM indicator_children WHERE left_out IS NULL
                                               AND quarter_start = '2026-01-01' AND has_service LIMIT 1)`);
        await ona.query(`UPDATE cases SET consent_for_reporting = 'false'
                         WHERE primero_id = (SELECT primero_id FROM indicator_children WHERE left_out IS NULL
                                               AND quarter_start = '2026-01-01' AND NOT has_service LIMIT 1)`);
        const names = {
          html: file,
          csv: join(folder.path, 'a.csv'),
          xlsx: join(folder.path, 'a.xlsx'),
        };
        await writeReport(ona.credentials, { folder: folder.path, ...names }, { isSandbox: true });
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

      test('opens from disk, is small, switches by keyboard, and fits a telephone and a desk, in both languages', {
        timeout: 120_000,
      }, async () => {
        expect((await stat(file)).size).toBeLessThan(2_000_000);
        const main = (language: string) => page.locator(`main:lang(${language})`);
        expect([await main('en').isVisible(), await main('km').isVisible()]).toEqual([true, false]);
        await page.locator('#lang-en').focus();
        await page.keyboard.press('ArrowRight');
        expect([await main('en').isVisible(), await main('km').isVisible()]).toEqual([false, true]);
        const fonts = await page.evaluate(FONTS);
        expect(fonts).toEqual([true, true]);
        for (const label of ['ភាសាខ្មែរ', 'English']) {
          await page.getByLabel(label).check();
          for (const width of [360, 1280]) {
            await page.setViewportSize({ width, height: 800 });
            expect(await page.evaluate(IS_TOO_WIDE), `${label} at ${width}`).toBe(false);
          }
        }
        expect([await main('en').isVisible(), await main('km').isVisible()]).toEqual([true, false]);

        const faults = await page.evaluate(FAULTS);
        expect(faults).toEqual({
          'ids that are there twice': [],
          'charts without a text': 0,
          'sections without a name': 0,
          'tables without a caption': 0,
          'headings without a scope': 0,
          charts: 6,
        });
        expect(problems).toEqual([]);
        expect(requests.filter((url) => !/^(file:|data:)/.test(url))).toEqual([]);
      });

      test('saves the same spreadsheets as the command, by a click, from the one file', {
        timeout: 120_000,
      }, async () => {
        for (const [label, ending] of [
          ['Excel', 'xlsx'],
          ['CSV', 'csv'],
        ] as const) {
          const saved = page.waitForEvent('download');
          await page.getByRole('link', { name: label }).click();
          const download = await saved;
          expect(download.suggestedFilename()).toBe(`report-2026-10-01.${ending}`);
          const content = await readFile(await download.path());
          expect(content.length).toBeGreaterThan(10_000);
          expect(content.equals(await readFile(join(folder.path, `a.${ending}`)))).toBe(true);
        }
        expect(problems).toEqual([]);
      });

      test('prints black on white, without buttons, and no table is cut off, in both languages', {
        timeout: 120_000,
      }, async () => {
        await page.setViewportSize({ width: PRINTED_WIDTH, height: 700 });
        for (const label of ['ភាសាខ្មែរ', 'English']) {
          await page.emulateMedia({ media: 'screen' });
          await page.getByLabel(label).check();
          await page.emulateMedia({ media: 'print' });
          expect(await page.evaluate(PRINTED), label).toEqual({
            buttons: 0,
            colours: ['rgb(0, 0, 0)'],
            'tables that are cut': [],
            pages: true,
          });
        }
      });
    },
    { only: 'PGlite' },
  );
});
