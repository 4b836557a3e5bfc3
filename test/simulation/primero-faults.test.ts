import { beforeEach, expect, test } from 'vitest';
import { PrimeroFaults } from './primero-faults.ts';

type Asked = Parameters<PrimeroFaults['plan']>[0];

const PAGE = { age: '0..17', last_updated_at: 'a..b', order_by: 'last_updated_at' };
const LEAVERS = { ...PAGE, age: '18..200' };
const EVERYWHERE = { age: '0..17', per: '1' };

let run: number;
let faults: PrimeroFaults;
beforeEach(() => {
  run = 1;
  faults = new PrimeroFaults(
    () => {},
    () => run,
  );
});

/** Asks a question so often; each time the answer is zero, or what is there. */
const ask = (query: object, ...answers: ('zero' | 'all')[]) => {
  for (const answer of answers) {
    faults.add({ kind: 'empty' }, answer === 'zero' ? 1 : 0);
    faults.plan({ query } as Asked, 0);
  }
};

test.each([
  ['three of a page of an indicator', PAGE, 3],
  ['two of another page', LEAVERS, 2],
  ['one of a count without a window', EVERYWHERE, 1],
])('zeros in a row are believed: %s', (_, query, enough) => {
  for (let zeros = 1; zeros <= enough; zeros += 1) {
    expect(faults.believed).toBe(0);
    ask(query, 'zero');
  }
  expect(faults.believed).toBe(1);
});

test('they are forgotten once the run has had an answer to the question', () => {
  ask(PAGE, 'zero', 'zero', 'all', 'zero', 'zero');
  expect(faults.believed).toBe(0);
});

test('they stay where it was another run that had an answer', () => {
  ask(PAGE, 'zero', 'zero');
  run = 2;
  ask(PAGE, 'all');
  run = 1;
  ask(PAGE, 'zero');
  expect(faults.believed).toBe(1);
});
