import type { State } from '../state.ts';
import type { Statement } from '../writing/query.ts';
import SELECT_STANDING from './select-standing.sql';

/** Reads how far this quarter's census is. The input is dropped. */
export const lookAtCensus: Statement<State> = {
  doing: 'looking at the census',
  text: SELECT_STANDING,
  receive: ({ configuration }, [standing]) => ({
    configuration,
    references: [],
    data: { standing },
  }),
};
