import { QueryFailure } from '../query/outcome.ts';
import { type Filters, readFilters } from '../query/read-filters.ts';
import { count, findPage, type Page } from '../query/search.ts';
import { FIELDS, type Field, fieldsOf } from '../records/fields.ts';
import type { PrimeroStore } from '../store.ts';
import type { Family } from '../store-options.ts';

export type Query = Readonly<Record<string, string>>;

export type CasesContext = {
  store: PrimeroStore;
  family: Family;
  /** Fields that the user's role may not see. */
  hidden: ReadonlySet<string>;
  /** Called between the two looks into the database, where cases may change. */
  during: () => Promise<void> | undefined;
  /** Of the order between equal keys; another one for each request. */
  tieSeed: number;
};

const LARGEST_PAGE = 1000;
const SHORT = ['case_id_display', 'name', 'age', 'sex', 'registration_date', 'owned_by'];

/** Ruby's `to_i`: leading digits, else 0. */
const toInteger = (text: string | undefined, byDefault: number): number =>
  text === undefined ? byDefault : Number.parseInt(text, 10) || 0;

const readPage = (query: Query, family: Family): Page => {
  const per = toInteger(query.per, 20);
  return {
    per: family === '2.11' ? Math.min(per, LARGEST_PAGE) : per,
    page: toInteger(query.page, 1),
    orderBy: query.order_by || 'created_at',
    order: query.order || 'desc',
  };
};

const namesIn = (query: Query, hidden: ReadonlySet<string>): readonly string[] | undefined => {
  if (!query.fields) return undefined;
  const names = query.fields === 'short' ? SHORT : query.fields.split(',');
  const visible = names.filter((name) => !hidden.has(name));
  // A list with nothing in it that may be seen limits nothing (field_selection_service.rb).
  return names.length > 0 ? visible : undefined;
};

const makersFor = (
  names: readonly string[] | undefined,
  hidden: ReadonlySet<string>,
): readonly Field[] => fieldsOf(names ?? [...FIELDS.keys()].filter((name) => !hidden.has(name)));

const nothing = (page: Page) => ({
  data: [],
  metadata: { total: 0, per: page.per, page: page.page },
});

/**
 * `GET /api/v2/cases`. The number of records is counted first and the records are read after it, as
 * two queries, so what changes between them makes the two disagree: as in Primero.
 */
export const answerCases = async (query: Query, context: CasesContext) => {
  const { store, family, hidden, tieSeed } = context;
  const page = readPage(query, family);
  const isVisible = (name: string) => FIELDS.has(name) && name !== 'enabled' && !hidden.has(name);
  let filters: Filters;
  try {
    filters = readFilters(store, query, family, isVisible);
  } catch (error) {
    if (error instanceof QueryFailure && error.as === 'nothing') return nothing(page);
    throw error;
  }
  const total = count(store, filters);
  // Solr gives total and ids in one answer; the rows come from the database, later.
  const early = family === '2.9' ? findPage(store, filters, page, family, tieSeed) : undefined;
  await context.during();
  const indexes = early ?? findPage(store, filters, page, family, tieSeed);
  const names = namesIn(query, hidden);
  const makers = makersFor(names, hidden);
  const data = [];
  for (const index of indexes) {
    if (!store.exists(index)) continue;
    const record = store.render(index, makers, names);
    for (const name of hidden) if (name !== 'id' && name !== 'last_updated_at') delete record[name];
    data.push(record);
  }
  return { data, metadata: { total, per: page.per, page: page.page } };
};
