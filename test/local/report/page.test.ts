import { expect, test } from 'vitest';
import type { ReportData } from '../../../local/report/data.ts';
import { toPage } from '../../../local/report/page.ts';
import { sample } from './sample.ts';

const at = new Date('2026-10-02T08:30:00Z');
const pageOf = (change: (data: ReportData) => void = () => {}, isSandbox = false) => {
  const data = sample();
  change(data);
  return toPage(data, { at, isSandbox });
};

/** The page without its style, whose font is long. */
const bodyOf = (page: string) => page.slice(page.indexOf('<body>'));

const half = (page: string, language: 'en' | 'km') =>
  bodyOf(page)
    .split('<main ')
    .find((part) => part.startsWith(`lang="${language}"`))!;

test('loads nothing, runs nothing, and says so in its policy', () => {
  const page = pageOf();
  expect(page).toMatch(
    /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:"/,
  );
  expect(page).not.toMatch(/<script|<link|<img|<iframe|\bon\w+=|@import/i);
  expect(bodyOf(page)).not.toMatch(/(src|href)=|url\(/);
  expect(page.match(/url\((?!data:font)/g)).toBeNull();
});

test('escapes what comes from the database', () => {
  const hostile = '<script>alert("x")</script>&';
  const page = pageOf((data) => {
    data.indicators['4.8'].cells[0]!.province = { value: `10"><b>`, en: hostile, km: hostile };
    data.indicators['4.8'].parts.sex[0]!.en = hostile;
    data.unlabelled = [{ column: 'sex', value: hostile, '4.8': 1, '4.11a': 0 }];
    data.columns = { sex: { value: 'sex', en: hostile, km: hostile } };
  });
  expect(page).not.toContain('<script');
  expect(page).not.toContain('"><b>');
  expect(half(page, 'en')).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;');
});

test('shows a label without Khmer in English, and marks it for eyes and ears', () => {
  const page = pageOf();
  expect(half(page, 'km')).toMatch(
    /<span lang="en">Female<\/span><abbr title="[\p{Script=Khmer}\s]+">\*<\/abbr>/u,
  );
  expect(half(page, 'km')).toContain('<th scope="row">ក្រចេះ</th>');
  expect(half(page, 'en')).not.toContain('*</abbr>');
});

test('says up to when it is complete, and what is missing, in front of all numbers', () => {
  const good = half(pageOf(), 'en');
  expect(good).toMatch(/✓ Complete<\/strong><\/th><td>30 September 2026 at 23:50 UTC<\/td>/);
  expect(good.indexOf('✓ Complete')).toBeLessThan(good.indexOf('data-total'));
  const bad = half(
    pageOf((data) => {
      Object.assign(data.freshness['4.8'], {
        isComplete: false,
        completeTo: null,
        gaps: 2,
        firstGapFrom: new Date('2026-07-01T00:00:00Z'),
        lastGapTo: new Date('2026-08-01T00:00:00Z'),
        held: 7,
        rejectedCases: 3,
        rejectedServices: 1,
      });
    }),
    'en',
  );
  expect(bad).toContain('✗ Not complete</strong></th><td>never</td>');
  expect(bad).toContain('2 (between 1 July 2026 at 00:00 UTC and 1 August 2026 at 00:00 UTC)');
  expect(bad).toContain('<td>9</td><td>7</td><td>cases: 3, services: 1</td>');
});

test('says which placements do not count, as the database has them', () => {
  expect(half(pageOf(), 'en')).toContain('These do not count: Not recorded, Residential care (');
  const none = pageOf((data) => {
    data.uncounted = [];
  });
  expect(half(none, 'en')).toContain('These do not count: none (');
});

test('marks counts from 1 to 4, and nothing else', () => {
  const page = half(pageOf(), 'en');
  const marked = [...page.matchAll(/<td class="small"[^>]*>(\d+)</g)].map(([, count]) => count);
  expect(new Set(marked)).toEqual(new Set(['3', '4']));
  expect(page).not.toMatch(/<td class="small"[^>]*>[05-9]</);
});

test('gives types of service no sum, and every other table one', () => {
  const page = half(pageOf(), 'en');
  const tables = [...page.matchAll(/<table class="part" data-part="(\w+)">(.*?)<\/table>/gs)];
  expect(tables).toHaveLength(11);
  for (const [, name, content] of tables)
    expect(content!.includes('<tfoot>'), name).toBe(name !== 'service_type');
  expect(page).toContain('they must not be added up');
});

test('says that a sandbox’s children are invented, and of others nothing of the kind', () => {
  expect(pageOf(() => {}, true)).toContain('every number on this page comes from invented cases');
  expect(pageOf()).not.toContain('invented');
});

test('is a page even where ONA is empty', () => {
  const page = pageOf((data) => {
    for (const indicator of Object.values(data.indicators)) {
      Object.assign(indicator, { children: 0, all: 0, cells: [] });
      for (const parts of Object.values(indicator.parts)) parts.length = 0;
    }
    data.services = [];
  });
  expect(half(page, 'en')).toContain('<strong data-total="children">0</strong>');
});
