import { sayChanges } from '../../figures/say-changes.ts';
import { conditionsOf } from '../../report/definition.ts';
import { WORDS } from '../../report/words.ts';
import { number, plural } from '../../words.ts';
import { sayProvince } from './cell.ts';
import type { Cell, Exact } from './read-cell.ts';

const words = WORDS.en;

const children = (count: number): string => plural(count, 'child', 'children');

const sayPublished = ({ children: now, published }: Exact): string[] => {
  if (published === null) return ['  Not published yet.'];
  const { at, syncId, children: count, changes } = published;
  const same = changes.length === 0 && count === now;
  return [
    `  Published on ${at.toISOString()} from sync ${syncId}: ${number(count)}${same ? ', the same' : `, now ${number(now)}`}.`,
    ...sayChanges(changes).map((line) => `    ${line}`),
  ];
};

const sayExact = (each: Exact): string[] => {
  const { measure, leftOut } = each;
  const left = Object.entries(leftOut)
    .filter(([, count]) => count > 0)
    .map(([why, count]) => `${number(count)} ${words.leftOut[why as keyof typeof leftOut]}`);
  return [
    `${words.measures[measure]}: ${children(each.children)}.`,
    ...(left.length > 0 ? [`  Not counted: ${left.join(', ')}.`] : []),
    ...sayPublished(each),
  ];
};

const saySafe = ({ safe, rule, province, provinces }: Cell): string[] =>
  rule.measures.flatMap((measure) => {
    const own = safe!.filter((each) => each.measure === measure);
    const title = words.measures[measure];
    if (province) return [`${title}: ${own[0]?.shown ?? '0'}.`];
    const nameOf = (code: string) =>
      sayProvince(provinces.find((each) => each.code === code) ?? { code, en: null, km: null });
    return [
      `${title}, by province:`,
      ...own.map((each) => `  ${each.shown.padStart(7)}  ${nameOf(each.province)}`),
      ...(own.length === 0 ? ['  no child'] : []),
    ];
  });

const sayCensus = ({ census }: Cell): string => {
  if (census === null) return 'No census has been complete yet: do not report this number.';
  const butFor = census.butFor === null ? '' : `, but for: ${census.butFor}`;
  return `ONA is complete up to ${census.beganAt.toISOString()}, when census ${census.syncId} began${butFor}.`;
};

const sayCases = ({ cases, rule }: Cell): string[] =>
  cases === null
    ? []
    : [
        ...rule.measures.flatMap((measure) => [
          `Cases, ${words.measures[measure].toLowerCase()}:`,
          ...cases.filter((each) => each.measure === measure).map(({ caseId }) => `  ${caseId}`),
        ]),
        'That you have listed them is noted (`audit`).',
      ];

/** What is behind a number, in lines for people. */
export const sayCell = (cell: Cell): string[] => {
  const { indicator, quarter, province, rule } = cell;
  const placements = rule.uncounted.map((each) => each || words.none).join(', ');
  return [
    [indicator, quarter, ...(province ? [sayProvince(province)] : [])].join(', '),
    rule.titleEn,
    '',
    ...(cell.exact ? cell.exact.flatMap(sayExact) : saySafe(cell)),
    cell.exact
      ? 'These numbers are exact: do not publish them.'
      : 'These numbers are rounded to the nearest 5, and 1 to 4 is <5. Exact ones, and why they changed, are for officers.',
    sayCensus(cell),
    '',
    words.definition.counted,
    ...conditionsOf(rule, placements, 'en').map((line) => `  - ${line}`),
    ...sayCases(cell),
  ];
};
