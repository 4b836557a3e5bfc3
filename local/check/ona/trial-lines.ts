import { about, type Line } from '../line.ts';
import type { Trial } from './trial.ts';

/** What is read of PostgreSQL's error: names, but never values. */
type Failure = { code?: string; table?: string; column?: string; constraint?: string };

const GENERAL = "Look the code up in PostgreSQL's manual, appendix A, and mend what it names.";

const LOCKED = '55P03';
const LATE = '57014';
const FOREIGN_KEY = '23503';
const CHECKS = [FOREIGN_KEY, '23514', '23505'];

const nameOf = ({ table, column, constraint }: Failure): string => {
  const named = Object.entries({ table, column, constraint }).filter(([, name]) => name);
  return named.map(([what, name]) => `, ${what} ${name}`).join('');
};

/** What to do about a refusal that the shape and grants of the tables do not explain. */
const mendOf = (
  { code = '', table, constraint }: Failure,
  doing: string,
): [mend: string, sql?: string[]] => {
  // All other steps leave services and their case as they belong together.
  if (code === FOREIGN_KEY && doing === 'changing a case_id' && table && constraint)
    return [
      'The rows of a batch match only when all of them are written. As the owner of the table, run:',
      [`ALTER TABLE ${table} ALTER CONSTRAINT "${constraint}" DEFERRABLE INITIALLY DEFERRED;`],
    ];
  if (CHECKS.includes(code) && table && constraint)
    return [
      'A child with such values would be a reject. As the owner of the table, run this, or change the constraint so that it accepts them:',
      [`ALTER TABLE ${table} DROP CONSTRAINT "${constraint}";`],
    ];
  if (code === '42501')
    return ['Look for triggers, functions and policies on the tables: they act as this user.'];
  return [GENERAL];
};

const notTried = (what: string, mend: string): Line => about('writing to ONA').untried(what, mend);

const failedLines = ({ doing, error }: NonNullable<Trial['failed']>): Line[] => {
  const failure = Object(error) as Failure;
  const { code = '' } = failure;
  if (code === LOCKED && doing.startsWith('waiting'))
    return [
      notTried('not tried, because a sync is writing a batch', 'Check again when it is over.'),
    ];
  if (code === LOCKED)
    return [
      notTried(
        `not tried completely: a table was locked while ${doing}`,
        'Check again. If it happens again, find out who holds the lock (pg_locks).',
      ),
    ];
  const line = about('writing to ONA');
  if (code === LATE)
    return [
      line.warning(`took more than 15 s while ${doing}`, 'Check again when ONA is less busy.'),
    ];
  const told = code ? `PostgreSQL reported ${code}` : 'it failed';
  return [line.problem(`${told} while ${doing}${nameOf(failure)}`, ...mendOf(failure, doing))];
};

/**
 * What came of the trial.
 * @param isExplained whether a problem of the tables or grants says already why it failed
 */
export const trialLines = ({ failed, changing }: Trial, isExplained: boolean): Line[] => {
  const lines = changing.map((table) =>
    about(`table ${table}`).problem(
      'changes what is written: each sync would write all of it again',
      'Look for a trigger on the table, and for columns that round times or cut texts.',
    ),
  );
  if (failed && isExplained)
    return [
      ...lines,
      notTried('not tried completely', 'Correct what is marked as a problem, then check again.'),
    ];
  if (failed) return [...lines, ...failedLines(failed)];
  return lines.length > 0
    ? lines
    : [about('writing to ONA').ok('two invented children were written, and rolled back')];
};
