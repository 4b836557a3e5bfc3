/** Names that the runtime sets in its sandbox, whatever `globals` says. */
const OWN = ['console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Buffer'];

const KEY = '__sandboxGlobals';

/**
 * The runtime's `globals` option adds names to the sandbox, and replaces JavaScript's own, such as
 * Date; but timers are set after it. So those travel under another name, and one statement before a
 * job's first line, on that same line, puts them in place. Jobs stay as they are.
 */
export const sandboxGlobals = (globals: Record<string, unknown> = {}) => {
  const late = Object.fromEntries(Object.entries(globals).filter(([name]) => OWN.includes(name)));
  if (Object.keys(late).length === 0) return { globals, prelude: '' };
  return {
    globals: { ...globals, [KEY]: late },
    prelude: `globalThis.Object.assign(globalThis, ${KEY}); `,
  };
};
