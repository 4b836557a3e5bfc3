import { expect, test } from 'vitest';
import { round } from '../../../local/figures/shown.ts';
import type { Freshness, ReportData } from '../../../local/report/data.ts';
import { toPage } from '../../../local/report/page.ts';
import { figure, sample } from './sample.ts';

const at = new Date('2026-10-02T08:30:00Z');
const downloads = [
  { label: 'CSV', name: 'report-2026-10-01.csv', type: 'text/csv', content: Buffer.from('a,b') },
];
const pageOf = (change: (data: ReportData) => void = () => {}, isSandbox = false) => {
  const data = sample();
  change(data);
  return toPage(data, { at, isSandbox, downloads });
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
  expect(bodyOf(page)).not.toMatch(/src=|url\(/);
  const links = [...bodyOf(page).matchAll(/<a ([^>]*)>/g)].map(([, attributes]) => attributes);
  expect(links).toEqual(['download="report-2026-10-01.csv" href="data:text/csv;base64,YSxi"']);
  expect(bodyOf(page).split('href=')).toHaveLength(2);
  expect(page.match(/url\((?!data:font)/g)).toBeNull();
});

test('escapes what comes from the database', () => {
  const hostile = '<script>alert("x")</script>&';
  const page = pageOf((data) => {
    data.definitions[0]!.titleEn = hostile;
    data.figures.push(figure('4.8', 'province', '2026-Q3', [`10"><b>`], 9));
    data.figures.push(figure('4.8', 'disability', '2026-Q3', [hostile], 9));
    data.unlabelled = [{ column: 'sex', value: hostile, '4.8': round(1), '4.11a': round(0) }];
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
    pageOf((data) => Object.assign(data.freshness[0]!, change)),
    language,
  );
  return /<tr data-indicator="4\.8">.*?<\/tr>/s.exec(page)![0];
};

test('says up to when it is complete, in front of all numbers', () => {
  const page = half(pageOf(), 'en');
  expect(freshnessOf({})).toBe(
    '<tr data-indicator="4.8"><th scope="row">4.8<br><strong class="good">✓ Complete</strong></th>' +
      '<td data-label="Complete up to">1 October 2026 at 00:00 UTC</td><td data-label="Since then">none</td>' +
      '<td data-label="Could not be loaded">none</td><td data-label="Not seen, kept as they were">none</td></tr>',
  );
  expect(page.indexOf('✓ Complete')).toBeLessThan(page.indexOf('class="headline"'));
});

test('says where no census was complete, and what could not be loaded or seen', () => {
  const never = { isComplete: false, completeBeganAt: null };
  const counts = { rejectedCases: 3, rejectedServices: 1, unseen: 2 };
  const row = freshnessOf({ ...never, ...counts });
  expect(row).toContain('✗ Not complete</strong></th><td data-label="Complete up to">never</td>');
  expect(row).toContain(
    'cases: 3, services: 1</td><td data-label="Not seen, kept as they were">2</td>',
  );
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

test('says what is counted, from which fields, and that ages differ from the earlier numbers', () => {
  const page = half(pageOf(), 'en');
  expect(page).toContain('These do not count: Not recorded, Residential care.');
  expect(page).toContain('(field consent_reporting)');
  expect(page).toContain('of ages 0 to 18, these are of 0 to 17');
  expect(page.split('Primero is one of the sources of this indicator')).toHaveLength(2);
  const older = half(
    pageOf((data) => {
      data.uncounted = [];
      for (const each of data.definitions) each.needsConsent = false;
    }),
    'en',
  );
  expect(older).toContain('These do not count: none.');
  expect(older).not.toContain('(field consent_reporting)');
});

test('puts the newest quarter that is over first, beside the one before and that of a year before', () => {
  const headline = /<p class="headline">.*?<\/p>\n<p class="left-out">.*?<\/p>/s.exec(
    half(pageOf(), 'en'),
  )![0];
  expect(headline).toContain('<strong data-quarter="2026-Q3">50</strong> Children, 2026-Q3');
  expect(headline).toContain('the quarter before (2026-Q2): <b data-quarter="2026-Q2">20</b>');
  expect(headline).toContain('a year before (2025-Q3): <b data-quarter="2025-Q3">40</b>');
  expect(headline).toContain('Not counted in this quarter: 15 without consent for reporting.');
});

test('marks the quarter that is not over, in the chart and the tables, and no other', () => {
  const page = half(pageOf(), 'en');
  const [, series] = /<table class="part series">(.*?)<\/table>/s.exec(page)!;
  const marked = [
    ...series!.matchAll(
      /<tr data-quarter="([^"]+)"[^>]*><th scope="row">([^<]+)(<small>unfinished)?/g,
    ),
  ].map(([, quarter, , mark]) => [quarter, mark !== undefined]);
  expect(marked).toEqual([
    ['2026-Q4', true],
    ['2026-Q3', false],
    ['2026-Q2', false],
    ['2025-Q3', false],
    ['unknown', false],
  ]);
  expect(page).toMatch(/stroke-dasharray="4 3"/);
  const over = half(
    pageOf((data) => {
      for (const each of data.freshness) each.completeBeganAt = new Date('2027-01-01T00:00:00Z');
    }),
    'en',
  );
  expect(over).not.toContain('unfinished');
});

test('has beside each number of a quarter that of the quarter before and of a year before', () => {
  const page = half(
    pageOf((data) => {
      data.figures.push(figure('4.8', 'placement', '2026-Q2', ['kinship care'], 31));
      data.figures.push(figure('4.8', 'placement', '2025-Q3', ['kinship care'], 2));
    }),
    'en',
  );
  const of = (start: string) => {
    const [row] = new RegExp(`<tr ${start}.*?</tr>`, 's').exec(page)!;
    return [...row.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text);
  };
  expect(page).toContain(
    '<th scope="col" class="before">Quarter before</th><th scope="col" class="before">Year before</th>',
  );
  expect(of('data-quarter="2026-Q3"')).toEqual(['50', '20', '40']);
  expect(of('data-quarter="unknown"')).toEqual(['5', '', '']);
  expect(of('data-value="kinship care"')).toEqual(['0', '30', '&lt;5']);
});

test('says beside each series that ages differ from the earlier numbers, in both languages', () => {
  for (const [language, text] of [
    ['en', 'Break in the series: '],
    ['km', 'ការផ្លាស់ប្ដូរក្នុងស៊េរី៖'],
  ] as const) {
    const captions = [...half(pageOf(), language).matchAll(/<figcaption>(.*?)<\/figcaption>/gs)];
    expect(captions).toHaveLength(3);
    for (const [, caption] of captions) expect(caption).toContain(text);
  }
});

test('shows beside a number what was published, and why it is another one now, without counts', () => {
  const page = half(
    pageOf((data) => {
      data.published = [
        {
          indicator: '4.8',
          measure: 'registered',
          quarter: '2026-Q2',
          publishedAt: new Date('2026-07-01T00:00:00Z'),
          shown: round(26),
          reasons: ['consent', 'registered_late'],
        },
      ];
    }),
    'en',
  );
  const [row] = /<tr data-quarter="2026-Q2">.*?<\/tr>/s.exec(page)!;
  expect(row).toContain('>20</td>');
  expect(row).toContain('<td data-published="2026-Q2">25</td>');
  expect(row).toContain('<td class="why">consent changed, registered late</td>');
  expect(page.match(/data-published/g)).toHaveLength(1);
});

test('sets what is not recorded apart', () => {
  const page = half(pageOf(), 'en');
  expect(page).toContain(
    '<tr data-quarter="unknown" class="apart"><th scope="row">Not recorded</th>',
  );
  expect(page).toContain('<tr data-province="" class="apart"><th scope="row">Not recorded</th>');
  expect(page).toContain('<tr data-value="" class="apart"><th scope="row">Not recorded</th>');
});

test('says in Khmer that its Khmer is not official', () => {
  expect(half(pageOf(), 'km')).toContain('ការបកប្រែនេះមិនផ្លូវការទេ');
});

test('says that a sandbox’s children are invented, and of others nothing of the kind', () => {
  expect(pageOf(() => {}, true)).toContain('every number on this page comes from invented cases');
  expect(pageOf()).not.toContain('invented');
});

test('is a page even where ONA is empty', () => {
  const page = pageOf((data) => {
    data.figures = [];
  });
  expect(half(page, 'en')).toContain('<strong data-quarter="2026-Q3">0</strong>');
});
