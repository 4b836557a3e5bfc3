/** Posts the next page, while a page was full. */
import { fnIf, post } from '@openfn/language-http';

export * from '@openfn/language-http';

export default [
  fnIf(
    (state) => state.data.hasMore,
    post(
      (state) => state.configuration.inboxUrl,
      (state) => ({ page: state.data.page + 1 }),
    ),
  ),
];
