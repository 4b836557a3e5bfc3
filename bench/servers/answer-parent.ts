/**
 * Answers the messages of the process that started this one, one after the other. Ctrl-C reaches both in a terminal; the
 * parent decides what it means, and this process ends with it.
 */
export const answerParent = (answer: (message: never) => Promise<object>): void => {
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit());
  process.on('message', async (message) => {
    const said = await answer(message as never).catch(({ message: failed }) => ({ failed }));
    process.send?.(said);
  });
};
