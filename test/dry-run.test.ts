import { expect, onTestFinished, test } from 'vitest';
import type { Summary } from '../jobs/writing/summary.ts';
import { readAll } from './promises/whole-database.ts';
import { startWith } from './promises/world.ts';
import { census } from './support/census.ts';
import { startChain } from './support/chain.ts';
import { describeOna } from './support/ona.ts';

describeOna('a dry run, by a message', (ona) => {
  test('reads, maps and compares, says what a sync would do, and writes and posts nothing', async () => {
    const primero = await startWith(30);
    await census({ primero, ona }).sync();
    primero.store.update(3, { changes: { sex: 'changed' } });
    primero.store.update(4, { changes: { case_id_display: null } });
    primero.store.disable(5);
    const before = await readAll(ona, { versions: true });

    const chain = await startChain({ primero, ona });
    onTestFinished(() => chain.close());
    const { summary, next } = await chain.sync({ dryRun: true });
    // Its own message, which job 0 posts, and none after it.
    expect(await chain.inbox.list()).toHaveLength(1);
    expect(await readAll(ona, { versions: true })).toEqual(before);
    expect((summary as Summary).all).toMatchObject({ read: 39, changed: 1, rejected: 1, new: 0 });
    expect(summary.did).toBe('wrote');
    // The child that is absent would be asked after by the next batch.
    expect(next).toMatchObject([{ batch: 2, dryRun: true, ask: [expect.any(String)] }]);
  });
});
