import { afterEach, expect, test } from 'vitest';
import { type FaultPlan, type Primero, startPrimero } from '../../local/primero/index.ts';
import { type Chain, startChain } from '../support/chain.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { quickTimers } from '../support/quick-timers.ts';
import { readAll } from './whole-database.ts';

/** Searches that fail as the newer Primero's do, with status 200 and a total of 0: those that `fails` names. */
const failing =
  (fails: (query: Record<string, string>) => boolean): FaultPlan =>
  ({ path, query }) =>
    path === '/api/v2/cases' && fails(query) ? { kind: 'empty' } : undefined;

describeOna('a zero', (ona) => {
  let primero: Primero;
  let chain: Chain;
  const start = async () => {
    primero = await startPrimero({ cases: 300, seed: 9 });
    chain = await startChain({ primero, ona }, { globals: quickTimers().globals });
  };
  afterEach(async () => {
    await chain.close();
    await primero.close();
  });

  const all = () => true;
  const withWindow = ({ last_updated_at: at }: Record<string, string>) => at !== undefined;

  test('from every search moves nothing: neither a first sync nor a later one', async () => {
    await start();
    const empty = await readAll(ona);
    primero.faults.use(failing(all));
    await expect(chain.sync()).rejects.toThrow(/^PRIMERO_EMPTY: /);
    expect(await readAll(ona)).toEqual(empty);

    primero.faults.clear();
    await chain.sync();
    const held = await readAll(ona);
    expect(held.cases!.length).toBeGreaterThan(100);
    for (const input of [{}, { cursor: '2026-06-01T00:00:00Z' }]) {
      primero.faults.use(failing(all));
      await expect(chain.sync(input)).rejects.toThrow(/^PRIMERO_EMPTY: /);
      expect(await readAll(ona)).toEqual(held);
    }
  });

  test('from every search by time, where there are cases at any time, moves nothing', async () => {
    await start();
    const empty = await readAll(ona);
    primero.faults.use(failing(withWindow));
    await expect(chain.sync()).rejects.toThrow(/^PRIMERO_EMPTY: /);
    expect(await readAll(ona)).toEqual(empty);
  });

  test.each([
    ['the searches of one indicator', ({ age }: Record<string, string>) => age === '0..17'],
    ['every page, while counts go well', ({ per }: Record<string, string>) => per !== '1'],
  ])('from %s is never the end of a sync that lacks cases', async (_, fails) => {
    await start();
    primero.faults.use(failing(fails));
    const failed = await chain.sync().catch((error: Error) => error.message);
    expect(failed).toMatch(/^(PRIMERO_EMPTY|INCOMPLETE|SURPLUS_REFUSED|PRIMERO_BAD_ANSWER): /);
    primero.faults.clear();
    const { summary } = await chain.sync({ cursor: '2026-06-01T00:00:00Z' });
    expect(summary.complete).toBe(true);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('from the search for what has changed since takes nobody out', async () => {
    await start();
    await chain.sync();
    const children = Array.from(primero.store.cases()).filter(
      ({ age, enabled }) => enabled && age === 9,
    );
    for (const { index } of children.slice(0, 3)) primero.store.update(index, { at: Date.now() });
    const held = await readAll(ona);
    primero.faults.use(failing(({ age, type_of_case: type }) => !(age ?? type)));
    await expect(chain.sync({ cursor: '2026-06-01T00:00:00Z' })).rejects.toThrow(
      /^PRIMERO_EMPTY: /,
    );
    expect((await readAll(ona)).cases).toEqual(held.cases);
  });
});
