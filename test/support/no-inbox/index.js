/** Stands for the http adaptor where a test looks at what would be posted: it takes everything. */
export const execute =
  (...operations) =>
  (state) =>
    operations.reduce((before, operation) => before.then(operation), Promise.resolve(state));
export const fn = (operation) => operation;
export const post = () => (state) => state;
