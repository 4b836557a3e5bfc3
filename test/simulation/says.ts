import { FIELDS } from '../../jobs/mapping/fields.ts';
import { REINTEGRATION } from '../../local/primero/codes.ts';
import type { Exchange, Primero } from './primero.ts';

/** What the sync reads of a record. */
const MAPPED = [...FIELDS];

export type Fields = Record<string, unknown> & { id: string };

/** What one of Primero's answers said of one child. */
export interface Said {
  /** In the order of all answers. */
  at: number;
  /** By Primero's clock, ms. */
  now: number;
  id: string;
  what: 'brings' | 'gone' | 'unseen';
  /** The child as it was then; null where it is gone or unseen. */
  record: Fields | null;
  /** Whether a window brought it, or a question by id. */
  by: 'window' | 'id';
  /** Where the window's question began, ms. What lies behind the end of its window waits for the next question. */
  from?: number;
}

/** Field by field: both indicators, as the design has them. */
export const countsFor = (record: Fields): string[] => {
  const digits = /^\s*-?\d+/.exec(String(record.age ?? ''))?.[0];
  const age = digits === undefined ? -1 : Number(digits);
  return [
    ...(age >= 0 && age <= 17 ? ['under18'] : []),
    ...(record.type_of_case === REINTEGRATION ? ['reintegration'] : []),
  ];
};

const judge = (record: Fields): Said['what'] => {
  if (record.enabled === true) return 'brings';
  return record.enabled === false ? 'gone' : 'unseen';
};

/**
 * What an exchange said of children. A record is taken as Primero had it, not as it was sent: a field that a role hides
 * has a value all the same. Where the role hides services, nobody could know of them.
 */
export const readExchange = (
  { path, query, status, content, fault }: Exchange,
  primero: Primero,
  at: number,
  now: number,
): Said[] => {
  const { store, role } = primero;
  const truth = (sent: Fields): Fields => {
    const index = store.indexOf(sent.id);
    if (index === undefined || role.seesService) return sent;
    return JSON.parse(JSON.stringify(store.record(index, MAPPED)));
  };
  if (path !== '/api/v2/cases') {
    const id = path.split('/').at(-1)!;
    if (status === 404 && content) return [{ at, now, id, what: 'gone', record: null, by: 'id' }];
    if (status === 403 && content) return [{ at, now, id, what: 'unseen', record: null, by: 'id' }];
    if (status !== 200 || !content) return [];
    const record = truth((content as { data: Fields }).data);
    return [{ at, now, id, what: judge(record), record, by: 'id' }];
  }
  if (status !== 200 || !content || !String(query.fields).includes('case_id_display')) return [];
  const { data } = content as { data: Fields[] };
  const isById = query.id !== undefined;
  const from = Date.parse(String(query.created_at).split('..')[0]!);
  if (fault?.kind === 'ignore' && isById && fault.params.includes('id')) return [];
  return data.flatMap((sent): Said[] => {
    const record = truth(sent);
    const what = judge(record);
    if (isById) return [{ at, now, id: sent.id, what, record, by: 'id' }];
    // What only was in an index, and counts for nothing, is left to be asked about.
    if (what !== 'brings' || countsFor(record).length === 0) return [];
    return [{ at, now, id: sent.id, what, record, by: 'window', from }];
  });
};
