import { type Query, rangeQuery } from '../../jobs/asking/question.ts';
import { sortOut, toPage } from '../../jobs/asking/trust.ts';
import * as errors from '../../jobs/errors/registry.ts';
import { SyncError } from '../../jobs/errors/sync-error.ts';
import { INDICATORS, type Indicator } from '../../jobs/indicators.ts';
import { PAGE_SIZE, START_OF_RECORDS } from '../../jobs/policy.ts';
import type { CaseRecord } from '../../jobs/record.ts';
import { indicatorName } from '../indicator-name.ts';
import type { Answer, Ask } from '../primero-client/ask-primero.ts';
import { number } from '../words.ts';
import { about, type Line } from './line.ts';
import { remedyOf } from './remedy.ts';

const RANGE = { from: START_OF_RECORDS, to: null };

/** Filters that match no record, if they are obeyed. */
const NOBODY: Record<string, string> = {
  created_at: '1800-01-01T00:00:00Z..1800-01-01T00:00:01Z',
  last_updated_at: '2999-01-01T00:00:00Z..',
  id: '00000000-0000-4000-8000-000000000000',
};

const few: Query = { per: 1, page: 1, fields: 'id' };

/** All questions by which the filters are judged, asked at once. */
export const askFilters = async (ask: Ask) => {
  const [enabled, disabled, ...rest] = await Promise.all([
    // From v2.10 on, Primero does not obey a page size above 1,000, so this shows which family it is.
    ask('cases', { ...few, record_state: true }),
    ask('cases', { ...few, record_state: false }),
    ...INDICATORS.map((indicator) =>
      ask('cases', { ...rangeQuery(indicator, RANGE), per: PAGE_SIZE }),
    ),
    ...Object.entries(NOBODY).map(([field, value]) =>
      ask('cases', { ...few, per: 1001, [field]: value }),
    ),
  ]);
  return {
    enabled: enabled!,
    disabled: disabled!,
    indicators: rest.slice(0, INDICATORS.length),
    nobody: rest.slice(INDICATORS.length),
  };
};

export type FilterAnswers = Awaited<ReturnType<typeof askFilters>>;

/** The children of all indicators that were looked at. */
export const recordsIn = ({ indicators }: FilterAnswers): CaseRecord[] =>
  indicators.flatMap(({ records }) => (records ?? []) as CaseRecord[]);

const dropped = (what: string, field: string, total: number | null): Line =>
  about(what).problem(
    `Primero does not obey the filter on ${field} (it finds ${number(total ?? 0)} cases with it)`,
    remedyOf(errors.PRIMERO_FILTER_DROPPED),
  );

/** Judges the question that get-cases will ask in the same way as get-cases does. */
const indicatorLine = (indicator: Indicator, { status, records, total, per }: Answer): Line => {
  const line = about(`indicator ${indicatorName(indicator.name)}`);
  if (status !== 200)
    return line.problem(
      `Primero cannot search for it (status ${status})`,
      'Check again. If it happens again, look at the log of Primero.',
    );
  try {
    sortOut(toPage(records, { total, per, page: 1 }), { indicator, range: RANGE });
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    return line.problem(error.what.replace(/\.$/, ''), remedyOf(error.kind));
  }
  if (records!.length === 0)
    return line.warning(
      'Primero finds no child',
      'That is fine if there is none. Otherwise allow the role of the user to see all cases.',
    );
  return line.ok(`${number(total ?? 0)} children, in order of creation`);
};

const stateLine = ({ enabled, disabled }: FilterAnswers, all: number): Line => {
  const [on, off] = [enabled.total ?? 0, disabled.total ?? 0];
  const isDropped = all > 0 && on === all && off === all;
  if (isDropped) return dropped('filter record_state', 'record_state', on);
  return about('filter record_state').ok(`${number(on)} enabled, ${number(off)} disabled`);
};

/** One line for each filter that the jobs use, judged by what came back. */
export const filterLines = (answers: FilterAnswers, all: number): Line[] => [
  ...INDICATORS.map((indicator, n) => indicatorLine(indicator, answers.indicators[n]!)),
  ...Object.keys(NOBODY).map((field, n) => {
    const { total } = answers.nobody[n]!;
    const what = `filter ${field}`;
    return all > 0 && total !== 0 ? dropped(what, field, total) : about(what).ok('obeyed');
  }),
  stateLine(answers, all),
];

/** Which family of Primero it is, by the page size that it obeys. */
export const familyLine = ({ nobody: [none] }: FilterAnswers, usesBasic: boolean): Line => {
  const line = about('version of Primero');
  const isNewer = none!.per === 1000;
  const family = isNewer ? 'v2.10 or later' : 'v2.5 to v2.9';
  if (none!.per !== 1000 && none!.per !== 1001)
    return line.warning(
      'unknown',
      'Ask whoever runs Primero for its version. Versions from v2.5 on work.',
    );
  if (usesBasic) return line.ok(family);
  return isNewer
    ? line.problem(`${family}, which gives no token`, 'Set primero.basicAuth to true.')
    : line.warning(`${family}; tokens are limited to 6 a minute`, 'Set primero.basicAuth to true.');
};
