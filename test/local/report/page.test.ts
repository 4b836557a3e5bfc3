import { expect, test } from 'vitest';
import type { Freshness, ReportData } from '../../../local/report/data.ts';
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

const freshnessOf = (change: Partial<Freshness>, language: 'en' | 'km' = 'en') => {
  const page = half(
    pageOf((data) => Object.assign(data.freshness['4.8'], change)),
    language,
  );
  return /<tr data-indicator="4\.8">.*?<\/tr>/s.exec(page)![0];
};

test('says up to when it is complete, in front of all numbers', () => {
  const page = half(pageOf(), 'en');
  expect(freshnessOf({})).toBe(
    '<tr data-indicator="4.8"><th scope="row">4.8<br><strong class="good">✓ Complete</strong></th>' +
      '<td>1 October 2026 at 00:00 UTC</td><td>none</td><td>none</td><td>none</td></tr>',
  );
  expect(page.indexOf('✓ Complete')).toBeLessThan(page.indexOf('data-total'));
});

test('says where no census was complete, and what could not be loaded or seen', () => {
  const never = { isComplete: false, completeBeganAt: null };
  const counts = { rejectedCases: 3, rejectedServices: 1, unseen: 2 };
  const row = freshnessOf({ ...never, ...counts });
  expect(row).toContain('✗ Not complete</strong></th><td>never</td>');
  expect(row).toContain('<td>cases: 3, services: 1</td><td>2</td>');
});

test('says for whom a complete census is not complete', () => {
  const row = freshnessOf({ isComplete: false, completeButFor: '<3> unseen' });
  expect(row).toContain('✗ Not complete for all</strong>');
  expect(row).toContain('1 October 2026 at 00:00 UTC<br>but for: &lt;3&gt; unseen</td>');
});

test('says what came since: changes, and a census that ended without being complete', () => {
  const changesTo = new Date('2026-10-01T20:00:00Z');
  const incompleteBeganAt = new Date('2026-10-01T22:00:00Z');
  const failed = { isComplete: false, incompleteBeganAt, completeButFor: '3 unseen' };
  const row = freshnessOf({ ...failed, changesTo, incompleteBecause: 'too many removals' });
  expect(row).toContain('✗ Not complete</strong>');
  expect(row).toContain('<p>Changes up to 1 October 2026 at 20:00 UTC were brought over.</p>');
  const ended = 'The sync of 1 October 2026 at 22:00 UTC ended without being complete';
  expect(row).toContain(`<p>${ended}: too many removals</p>`);
  expect(freshnessOf(failed)).toContain(`<p>${ended}</p>`);
});

test('tells a sync that is under way from one that has stopped: no batch for two hours', () => {
  const underWayBeganAt = new Date('2026-10-02T04:00:00Z');
  const since = (lastBatch: string | null) =>
    freshnessOf({
      underWayBeganAt,
      underWayLastBatchAt: lastBatch === null ? null : new Date(lastBatch),
    });
  const atWork = '<p>A sync is under way; it began on 2 October 2026 at 04:00 UTC.</p>';
  expect(since('2026-10-02T06:30:00Z')).toContain(atWork);
  expect(since('2026-10-02T06:29:59Z')).toContain(
    '<p>A sync has stopped half-way; its last sign is of 2 October 2026 at 06:29 UTC.</p>',
  );
  expect(since(null)).toContain('its last sign is of 2 October 2026 at 04:00 UTC');
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
