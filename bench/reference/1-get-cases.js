/** Two requests, one after the other: 500 whole records each, by page number, every record logged. */
import { fn, getCases } from '@openfn/language-primero';

export * from '@openfn/language-primero';

const PAGE_SIZE = 500;

const page = (filter) => (state) => ({
  ...filter,
  record_state: true,
  per: PAGE_SIZE,
  page: state.page,
});

const keep = (state) => {
  for (const record of state.data) console.log(JSON.stringify(record));
  const hasMore = state.hasMore || state.data.length === PAGE_SIZE;
  return { ...state, hasMore, cases: [...state.cases, ...state.data], data: null, references: [] };
};

export default [
  fn((state) => ({ ...state, page: state.data.page, hasMore: false, cases: [] })),
  getCases(page({ type_of_case: 'children_undergoing_reintegration_55427' })),
  fn(keep),
  getCases(page({ age: '0..17' })),
  fn(keep),
];
