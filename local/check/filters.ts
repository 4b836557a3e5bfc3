import { ERRORS } from '../../jobs/lib/errors.ts';
import { FILTERS, INDICATORS, type Indicator } from '../../jobs/lib/indicators.ts';
import type { CaseRecord } from '../../jobs/lib/types.ts';
import { INDICATOR_NAMES } from '../cli/progress/names.ts';
import { number } from '../cli/words.ts';
import type { Answer, Ask } from './ask-primero.ts';
import { about, type Line } from './line.ts';

/** Records that are looked at for each filter. */
const SAMPLE = 20;

/** A second in which no Primero had a case. */
const NOBODY = '1970-01-01T00:00:00Z..1970-01-01T00:00:00.999Z';

const seen = { per: 1, page: 1, fields: 'id' };

/** All that the filters are judged by, asked at once. */
export const askFilters = async (ask: Ask) => {
  const sample = { order_by: 'last_updated_at', per: SAMPLE, page: 1 };
  const [none, enabled, disabled, newest, ...indicators] = await Promise.all([
    // The page size is not obeyed above 1,000 from v2.10 on, which tells the families apart.
    ask('cases', { ...seen, per: 1001, last_updated_at: NOBODY }),
    ask('cases', { ...seen, record_state: true }),
    ask('cases', { ...seen, record_state: false }),
    ask('cases', { ...sample, order: 'desc', fields: 'id' }),
    ...INDICATORS.map((indicator) => {
      const { field, value } = FILTERS[indicator];
      return ask('cases', { [field]: value, ...sample, order: 'asc', fields: `${field},age` });
    }),
  ]);
  return { none, enabled, disabled, newest, indicators };
};

export type FilterAnswers = Awaited<ReturnType<typeof askFilters>>;

const dropped = (what: string, field: string, total: number | null): Line =>
  about(what).problem(
    `Primero does not obey the filter on ${field} (it finds ${number(total ?? 0)} cases with it)`,
    ERRORS.PRIMERO_FILTER_DROPPED,
  );

const indicatorLine = (indicator: Indicator, { records, total }: Answer): Line => {
  const { field, matches } = FILTERS[indicator];
  const what = `filter ${INDICATOR_NAMES[indicator]}`;
  if (records === null)
    return about(what).problem(
      `Primero cannot search by ${field}`,
      'Run the check again; if it stays, see the log of Primero.',
    );
  if (!records.every((record) => matches(record as CaseRecord))) return dropped(what, field, total);
  if (records.length === 0)
    return about(what).warning(
      `Primero finds no case by ${field}`,
      'Fine where there is none; else let the role of the user see all cases.',
    );
  return about(what).ok(`${number(total ?? 0)} cases`);
};

const inOrder = ({ records }: Answer, direction: 1 | -1): boolean => {
  const times = (records ?? []).map(({ last_updated_at: time }) => Date.parse(String(time)));
  return times.every((time, n) => n === 0 || (time - times[n - 1]!) * direction >= 0);
};

const orderLine = ({ newest, indicators }: FilterAnswers): Line => {
  const isObeyed = inOrder(newest, -1) && indicators.every((answer) => inOrder(answer, 1));
  const line = about('order by last_updated_at');
  return isObeyed
    ? line.ok('obeyed, both ways')
    : line.problem('Primero sends records in another order', ERRORS.PRIMERO_ORDER_IGNORED);
};

const stateLine = ({ enabled, disabled }: FilterAnswers, all: number): Line => {
  const [on, off] = [enabled.total ?? 0, disabled.total ?? 0];
  const isDropped = all > 0 && on === all && off === all;
  if (isDropped) return dropped('filter record_state', 'record_state', on);
  return about('filter record_state').ok(`${number(on)} enabled, ${number(off)} disabled`);
};

/** One line for each filter that the jobs use, judged by what came back. */
export const filterLines = (answers: FilterAnswers, all: number): Line[] => {
  const { none, indicators } = answers;
  const time =
    all > 0 && none.total !== 0
      ? dropped('filter last_updated_at', 'last_updated_at', none.total)
      : about('filter last_updated_at').ok('obeyed');
  return [
    ...INDICATORS.map((indicator, n) => indicatorLine(indicator, indicators[n]!)),
    time,
    stateLine(answers, all),
    orderLine(answers),
  ];
};

/** Which family of Primero it is, by the page size that it obeys. */
export const familyLine = ({ none }: FilterAnswers, usesBasic: boolean): Line => {
  const line = about('version of Primero');
  const isNewer = none.per === 1000;
  const family = isNewer ? 'v2.10 or later' : 'v2.5 to v2.9';
  if (none.per !== 1000 && none.per !== 1001)
    return line.warning('unknown', 'Ask who runs Primero for its version: v2.5 and later work.');
  if (usesBasic) return line.ok(family);
  return isNewer
    ? line.problem(`${family}, which gives no token`, 'Set primero.basicAuth to true.')
    : line.warning(`${family}; tokens are limited to 6 a minute`, 'Set primero.basicAuth to true.');
};
