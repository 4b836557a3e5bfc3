import { describe, expect, test } from 'vitest';
import { readWindow, type Window } from '../../../jobs/asking/window.ts';
import type { Fault, Primero } from '../../../local/primero/index.ts';
import { createdAt, putChild } from '../../support/children.ts';
import { testPrimero } from '../../support/primero.ts';
import { askerOf } from './asker.ts';

const START = '1900-01-01T00:00:00Z';
const ALL = { from: START, end: null, most: 1000 };

/** All windows of a Primero, one after the other. */
const walk = async (primero: Primero, per: number): Promise<Window[]> => {
  const windows: Window[] = [];
  for (let from: string | null = START; from !== null; ) {
    const window: Window = await readWindow(askerOf(primero), { ...ALL, from, per });
    windows.push(window);
    from = window.to;
  }
  return windows;
};

const idsOf = (windows: readonly Window[]) =>
  [...new Set(windows.flatMap(({ children }) => children.map(({ record }) => record.id)))].sort();

const children = async (family: '2.9' | '2.14', count: number, aSecond = 1) => {
  const primero = await testPrimero({ family });
  for (let child = 0; child < count; child += 1)
    putChild(primero, child, { created_at: createdAt(Math.floor(child / aSecond)) });
  return primero;
};

const FAULTS: [name: string, fault: Fault][] = [
  ['half of its records', { kind: 'half' }],
  ['no record under a full total', { kind: 'hollow' }],
  ['nothing', { kind: 'empty' }],
];

describe.each(['2.9', '2.14'] as const)('On %s an answer that once had', (family) => {
  test.each(FAULTS)('%s leaves nobody out', async (_, fault) => {
    const primero = await children(family, 30);
    const whole = idsOf(await walk(primero, 12));
    expect(whole).toHaveLength(30);
    for (const nth of [1, 2, 3]) {
      let asked = 0;
      primero.faults.use(() => (++asked === nth ? fault : undefined));
      const windows = await walk(primero, 12);
      expect(idsOf(windows)).toEqual(whole);
      expect(windows.map(({ ghosts }) => ghosts.under18)).toEqual(windows.map(() => 0));
    }
  });
});

describe('Ghosts are what is short each time', () => {
  test('as many as Primero counts and does not have', async () => {
    const primero = await children('2.9', 30);
    for (const second of [1, 3])
      primero.store.addGhosts(2, { createdAt: Date.parse(createdAt(second)), age: 9, type: null });
    const [window] = await walk(primero, 200);
    expect(window!.children).toHaveLength(30);
    expect(window!.ghosts).toEqual({ under18: 4, reintegration: 0 });
  });

  test('and a page that ends among children of one second loses none of them', async () => {
    const primero = await children('2.9', 40, 4);
    primero.store.addGhosts(1, { createdAt: Date.parse(createdAt(2)), age: 9, type: null });
    expect(idsOf(await walk(primero, 14))).toHaveLength(40);
  });
});
