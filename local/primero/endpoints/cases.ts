import type { Answer } from '../answer.ts';
import { costOf, type Question } from '../cost-of.ts';
import { type Family, RULES } from '../family.ts';
import { QueryFailure } from '../query/outcome.ts';
import { type Filters, readFilters } from '../query/read-filters.ts';
import { count, countCreated, findPage, type Page } from '../query/search.ts';
import { FIELDS } from '../records/fields.ts';
import { mayAsk, type Role } from '../role.ts';
import type { PrimeroStore } from '../store.ts';
import { isImpossible } from './impossible.ts';
import type { Query } from './query.ts';
import { readSelection, renderCase } from './selection.ts';

export type CasesContext = {
  store: PrimeroStore;
  family: Family;
  role: Role;
  /** A larger `per` is cut to this. */
  largestPage: number;
  /** Called between the two looks into the database, where cases may change. */
  during: () => Promise<void> | undefined;
  /** Of the order between equal keys; another one for each request. */
  tieSeed: number;
};

/** Leading digits of a text, as Ruby reads a number, else 0. */
const toInteger = (text: string | undefined, byDefault: number): number =>
  text === undefined ? byDefault : Number.parseInt(text, 10) || 0;

const readPage = (query: Query, largestPage: number): Page => ({
  per: Math.min(toInteger(query.per, 20), largestPage),
  page: toInteger(query.page, 1),
  orderBy: query.order_by || 'created_at',
  order: query.order || 'desc',
});

const ASKABLE = [...FIELDS.keys()].filter((name) => name !== 'enabled');

const answer = (data: readonly unknown[], total: number, { per, page }: Page) => ({
  data,
  metadata: { total, per, page },
});

/** What the cost of a question depends on, its answer known. */
const questionOf = (
  filters: Filters,
  { store, family }: CasesContext,
  said: Pick<Question, 'orderBy' | 'records' | 'fields'> & { total: number },
): Question => ({
  ...said,
  filters: filters.asked.map(([field]) => field),
  cases: store.live,
  inRange: filters.created ? countCreated(store, filters.created) : store.live,
  impossible: isImpossible(store, filters, said.total, family),
});

/**
 * `GET /api/v2/cases`. The number of records is counted first and the records are read after it, as
 * two queries, so what changes between them makes the two disagree: as in Primero.
 */
export const answerCases = async (query: Query, context: CasesContext): Promise<Answer> => {
  const { store, family, role, largestPage, tieSeed } = context;
  const isSolr = RULES[family].engine === 'solr';
  const page = readPage(query, largestPage);
  const isVisible = (name: string) => mayAsk(name, ASKABLE, role.hiddenFields);
  let filters: Filters;
  try {
    filters = readFilters(store, query, family, isVisible, role.sees);
  } catch (error) {
    const isRejected = error instanceof QueryFailure && error.as === 'rejected';
    if (!isRejected || RULES[family].rejected === 'error') throw error;
    return { content: answer([], 0, page) };
  }
  const total = count(store, filters);
  // Solr gives total and ids in one answer; the rows come from the database, later.
  const early = isSolr ? findPage(store, filters, page, family, tieSeed) : undefined;
  await context.during();
  const indexes = early ?? findPage(store, filters, page, family, tieSeed);
  const selection = readSelection(query, family, role);
  const data = indexes
    .filter((index) => store.exists(index))
    .map((index) => renderCase(store, index, selection));
  const question = questionOf(filters, context, {
    orderBy: page.orderBy,
    records: data.length,
    fields: selection.names?.length,
    total,
  });
  return {
    content: answer(data, total, page),
    costMs: costOf(family, question),
    records: data.length,
  };
};
