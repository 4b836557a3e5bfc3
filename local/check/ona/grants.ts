import { SHAPE } from '../../ona/shape.ts';
import { about, type Line } from '../line.ts';
import type { Found } from './tables.ts';

/** A row of grants.sql. */
export type Lack = { thing: string; privilege: string };

/** What the jobs need, for grants.sql. */
export const NEEDED = Object.entries(SHAPE).flatMap(([table, { privileges }]) =>
  privileges.map((privilege) => ({ table, privilege })),
);

const byThing = (lacks: readonly Lack[]): Map<string, string[]> => {
  const things = new Map<string, string[]>();
  for (const { thing, privilege } of lacks)
    things.set(thing, [...(things.get(thing) ?? []), privilege]);
  return things;
};

const grantFor = (thing: string, privileges: readonly string[], role: string): string => {
  const kinds: Record<string, string> = { USAGE: 'SEQUENCE ', EXECUTE: 'FUNCTION ' };
  const kind = kinds[privileges[0]!] ?? '';
  return `GRANT ${privileges.join(', ')} ON ${kind}${thing} TO ${role};`;
};

/**
 * What the user lacks, with the statements that give it.
 * @param role the user, as SQL has it
 */
export const grantLines = (lacks: readonly Lack[], found: Found, role: string): Line[] => {
  const line = about('grants of ONA');
  const closed = lacks.filter(({ privilege }) => privilege === 'ROWS').map(({ thing }) => thing);
  const granted = byThing(lacks.filter(({ privilege }) => privilege !== 'ROWS'));
  const lines = closed.map((table) =>
    about(`rows of ${table}`).problem(
      'row-level security may hide or refuse some rows, because no policy gives the user all of them',
      'As the owner of the table, run:',
      [`CREATE POLICY primero_ona_sync ON ${table} TO ${role} USING (true) WITH CHECK (true);`],
    ),
  );
  if (granted.size > 0)
    lines.push(
      line.problem(
        `lacks ${[...granted].map(([thing, privileges]) => `${privileges.join(', ')} on ${thing}`).join('; ')}`,
        'As the owner of the tables, run (docs/deploy.md has them all):',
        [...granted].map(([thing, privileges]) => grantFor(thing, privileges, role)),
      ),
    );
  if (lines.length > 0) return lines;
  const missing = Object.keys(SHAPE).filter(
    (table) => !found.columns.some((each) => each.table === table),
  );
  return missing.length === 0
    ? [line.ok('all that the jobs need')]
    : [line.untried(`those on ${missing.join(', ')}`, 'Check again when the tables exist.')];
};
