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

/** Whether the page is wider than the window. */
const IS_TOO_WIDE = 'document.documentElement.scrollWidth > window.innerWidth';

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
        await writeReport(ona.credentials, { html: file }, { isSandbox: true });
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
        expect((await stat(file)).size).toBeLessThan(1_000_000);
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
    },
    { only: 'PGlite' },
  );
});
