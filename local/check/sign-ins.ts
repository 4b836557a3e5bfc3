import type { Credentials } from '../credentials/schema.ts';
import { withOna } from '../ona/connect.ts';
import { askPrimero } from '../primero-client/ask-primero.ts';
import { refusalOf } from '../primero-client/refusal.ts';
import { inTime } from './in-time.ts';
import { checkInbox } from './inbox.ts';
import { about, type Line } from './line.ts';

const LIMIT_MS = 20_000;

const signInToPrimero = async (
  primero: Credentials['primero'],
  signal: AbortSignal,
): Promise<Line[]> => {
  const ask = askPrimero(primero, () => signal);
  const refused = refusalOf(
    await ask('cases', { per: 1, page: 1, fields: 'id' }),
    primero,
    'cases',
  );
  if (refused) throw refused;
  return [about('Primero').ok('signed in')];
};

const signInToOna = (ona: Credentials['ona']): Promise<Line[]> =>
  withOna(ona, async (client) => {
    await client.query('SELECT 1');
    return [about('ONA').ok('signed in')];
  });

/** Finds out whether Primero, ONA and the inbox accept the credentials. Never throws. */
export const trySignIns = async ({ primero, ona, inbox }: Credentials): Promise<Line[]> => {
  const found = await Promise.all([
    inTime('Primero', (signal) => signInToPrimero(primero, signal), LIMIT_MS),
    inTime('ONA', () => signInToOna(ona), LIMIT_MS),
    inbox ? inTime('inbox', (signal) => checkInbox(inbox, signal), LIMIT_MS) : [],
  ]);
  return found.flat();
};
