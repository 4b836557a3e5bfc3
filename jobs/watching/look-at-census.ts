import type { State } from '../state.ts';
import type { Statement } from '../writing/query.ts';
import SELECT_STANDING from './select-standing.sql';

/** Reads how this quarter's census stands; what came in is left out. */
export const lookAtCensus: Statement<State> = {
  doing: 'looking at the census',
  text: SELECT_STANDING,
  receive: ({ configuration }, [standing]) => ({
    configuration,
    references: [],
    data: { standing },
  }),
};
