import type { Answer } from '../answer.ts';
import { costOf } from '../cost-of.ts';
import { errors } from '../error-body.ts';
import type { Family } from '../family.ts';
import type { Role } from '../role.ts';
import type { PrimeroStore } from '../store.ts';
import type { Query } from './query.ts';
import { readSelection, renderCase } from './selection.ts';

type OneCaseContext = { store: PrimeroStore; family: Family; role: Role };

/** The case of a path `/api/v2/cases/ID` in the database, or the answer to one that may not be had. */
const findCase = (path: string, { store, role }: OneCaseContext): number | Answer => {
  const id = decodeURIComponent(path.split('/')[4] ?? '');
  const index = store.indexOf(id);
  if (index === undefined)
    return {
      status: 404,
      content: errors(404, path, `Couldn't find Child with 'id'=${id}`),
    };
  if (role.sees && !role.sees(store.facts(index)))
    return { status: 403, content: errors(403, path) };
  return index;
};

/** `GET /api/v2/cases/ID`: reads the database, also what is disabled or not in the index. */
export const answerOneCase = (path: string, query: Query, context: OneCaseContext): Answer => {
  const { store, family, role } = context;
  const found = findCase(path, context);
  if (typeof found !== 'number') return found;
  const selection = readSelection(query, family, role);
  const costMs = costOf(family, {
    filters: [],
    orderBy: '',
    cases: 0,
    inRange: 0,
    records: 1,
    fields: selection.names?.length,
    impossible: true,
  });
  return { content: { data: renderCase(store, found, selection) }, costMs, records: 1 };
};

/** `DELETE /api/v2/cases/ID`: disables the case. */
export const disableCase = (path: string, context: OneCaseContext): Answer => {
  const found = findCase(path, context);
  if (typeof found !== 'number') return found;
  context.store.disable(found);
  return { content: { data: { id: context.store.field(found, 'id') } } };
};
