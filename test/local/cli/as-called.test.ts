import { expect, test } from 'vitest';
import { asCalled, calledHere } from '../../../local/cli/as-called.ts';
import { ownState } from '../../../local/own-folders.ts';
import { inProject } from '../../../local/paths.ts';

test.each([
  [
    'run `npm run -s cli -- migrate --credentials f`',
    'run `primero-ona-sync migrate --credentials f`',
  ],
  ['make one with `npm start`, or', 'make one with `primero-ona-sync sync --sandbox`, or'],
  ['kept in state/local', `kept in ${ownState()}`],
  [
    'as in state/credentials.example.json (or',
    `as in ${inProject('state', 'credentials.example.json')} (or`,
  ],
  ['/srv/state/local/report.html', '/srv/state/local/report.html'],
])('Installed, %j is said as %j', (text, said) => {
  expect(asCalled(text, true)).toBe(said);
  expect(asCalled(text, false)).toBe(text);
});

test('All that a command prints is said so', () => {
  const printed: string[] = [];
  const write = (text: string) => printed.push(text);
  const { out, err } = calledHere(
    { out: { write, columns: 60 }, err: { write, isTTY: true } },
    true,
  );
  out.write('npm run -s cli -- sync');
  err.write('npm start');
  expect(printed).toEqual(['primero-ona-sync sync', 'primero-ona-sync sync --sandbox']);
  expect(err.isTTY).toBe(true);
  expect(out.columns).toBe(60);
});
