import { expect, test } from 'vitest';
import { readAll } from './promises/whole-database.ts';
import { startWith } from './promises/world.ts';
import { census } from './support/census.ts';
import { testChain } from './support/chain.ts';
import { describeOna } from './support/ona.ts';

describeOna('a dry run, by a message', (ona) => {
  test('reads, maps and compares, says what a sync would do, and writes and posts nothing', async () => {
    const primero = await startWith(30);
    await census({ primero, ona }).sync();
    primero.store.update(3, { changes: { sex: 'changed' } });
    primero.store.update(4, { changes: { case_id_display: null } });
    primero.store.disable(5);
    const before = await readAll(ona, { versions: true });

    const chain = await testChain(primero, ona.credentials);
    const { last } = await chain.sync({ dryRun: true });
    const { summary, next } = last!;
    // Its own message, which job 0 posts, and none after it.
    expect(await chain.messages()).toHaveLength(1);
    expect(await readAll(ona, { versions: true })).toEqual(before);
    expect(summary.all).toMatchObject({ read: 39, changed: 1, rejected: 1, new: 0 });
    expect(summary.did).toBe('wrote');
    // The child that is absent would be asked about by the next batch.
    expect(next).toMatchObject([{ batch: 2, dryRun: true, ask: [expect.any(String)] }]);
  });
});
