/** Stands for the postgresql adaptor where a test looks at what the step before it handed on. */
export const execute = () => () => {
  throw new Error('NO_DATABASE: this test has none');
};
export const fn = (operation) => operation;
export const sql = () => (state) => state;
