/**
 * A clock for sandbox Primero and jobs that runs beside the real one: `shift` is how far, in ms.
 * @example <caption>An hour ago</caption>
 * const clock = shiftedClock(-3_600_000);
 * startPrimero({ now: clock.now }); createRunner({ globals: clock.globals });
 */
export const shiftedClock = (shift: number) => {
  const clock = {
    shift,
    now: () => Date.now() + clock.shift,
    globals: {} as Record<string, unknown>,
  };
  clock.globals.Date = class extends Date {
    constructor(...args: ConstructorParameters<typeof Date> | []) {
      super(...((args.length > 0 ? args : [clock.now()]) as ConstructorParameters<typeof Date>));
    }
    static override now = clock.now;
  };
  return clock;
};
