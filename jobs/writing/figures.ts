import FIGURES_AFTER from './figures-after.sql';
import FIGURES_BEFORE from './figures-before.sql';
import type { Statement } from './query.ts';
import type { WriteState } from './state.ts';

type Step = Statement<WriteState>;

/** Looks how the children that this batch may change are counted; ONA keeps it until the transaction ends. */
export const figuresBefore: Step = {
  doing: 'looking how children are counted',
  text: FIGURES_BEFORE,
  values: ({ verdict, batch, children }) => {
    if (verdict.kind !== 'write') return null;
    const caseIds = children.flatMap(({ row }) => (row ? [row.case_id] : []));
    const services = children.flatMap((child) => child.services.map(({ row }) => row.unique_id));
    return [batch.message.syncId, children.map(({ id }) => id), caseIds, services];
  },
};

/** Notes why figures have changed: counts by reason, and no child. */
export const figuresAfter: Step = {
  doing: 'noting why figures changed',
  text: FIGURES_AFTER,
  values: ({ verdict, batch }) => (verdict.kind === 'write' ? [batch.message.syncId] : null),
};
