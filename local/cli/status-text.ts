import type { Status } from '../ledger/read-status.ts';
import type { LedgerSync } from '../ledger/read-sync.ts';
import { standOf } from '../ledger/stand.ts';
import { plural } from '../words.ts';
import { howToGoOn } from './how-to-go-on.ts';
import { standText } from './progress/lines.ts';
import { syncText } from './sync-text.ts';

/** A run takes five minutes at most, and on a platform it may have to wait for others. If nothing came for longer, the sync has stopped. */
const STOPPED_AFTER_SECONDS = 10 * 60;

/** What was asked: the credentials file (absent for the sandbox), and whether nobody is running anything there. */
export type Asked = { file?: string | undefined; isAlone?: boolean; width?: number | undefined };

/** Whether the newest sync is under way, stopped half-way, or is over. */
export type Going = 'under way' | 'stopped' | 'over';

/** @param isAlone whether nobody else is running anything. That is known of the sandbox, whose database only one command at a time can open */
export const goingOf = ({ state, idleSeconds }: LedgerSync, isAlone = false): Going => {
  if (state !== 'under way') return 'over';
  return !isAlone && idleSeconds < STOPPED_AFTER_SECONDS ? 'under way' : 'stopped';
};

const KINDS = { census: 'a census', changes: 'changes only', range: 'read again' } as const;

/** Where each part continues. */
const nextWindows = ({ pending, parts }: LedgerSync): string[] =>
  pending.map(({ part, from, ask }) => {
    const which = parts > 1 ? `Part ${part}: next` : 'Next';
    if (from === null)
      return `${which} batch asks about ${plural(ask.length, 'child', 'children')}.`;
    return `${which} batch reads children created from ${from} on.`;
  });

/** What is said of the sync that began last, if that is not the complete census. */
const newestLines = (sync: LedgerSync, { file, isAlone }: Asked): string[] => {
  const { syncId, kind, beganAt, lastBatchAt, reason, state } = sync;
  const name = `Sync ${syncId} (${KINDS[kind]})`;
  const going = goingOf(sync, isAlone);
  if (going === 'over' && state === 'complete') return [`${name} began ${beganAt}: ${reason}`];
  if (going === 'over')
    return [
      `${name} began ${beganAt} and is not complete: ${reason ?? state}`,
      ...howToGoOn(sync, file),
    ];
  const head =
    going === 'under way'
      ? `Under way: ${name} since ${beganAt}.`
      : `Stopped: ${name}, which began ${beganAt}, wrote its last batch at ${lastBatchAt ?? beganAt}.`;
  const goOn = going === 'stopped' ? howToGoOn(sync, file) : [];
  return [head, `It ${standText(standOf(sync))}.`, ...nextWindows(sync), ...goOn];
};

const days = (age: number): string => plural(Math.floor(age), 'day', 'days');

const censusLines = ({ census, censusAgeDays }: Status): string[] =>
  census === null
    ? ['Not complete: ONA has no complete census yet.']
    : [
        `Complete as of ${census.beganAt}, ${days(censusAgeDays!)} ago, when the last complete census began.`,
        ...(census.reason ? [census.reason] : []),
      ];

/** The text that `status` prints. */
export const statusText = (status: Status, asked: Asked = {}): string => {
  const { newest, census, changes, held, left, rejected } = status;
  if (!newest) return `No sync has run yet.\n${howToGoOn(null, asked.file).join('\n')}\n`;
  const isNewest = newest.syncId === census?.syncId;
  const isTold = isNewest || newest.syncId === changes?.syncId;
  return [
    ...censusLines(status),
    ...(changes
      ? [
          `Later changes were brought over by sync ${changes.syncId}, which began ${changes.beganAt}.`,
        ]
      : []),
    ...(isTold ? [] : newestLines(newest, asked)),
    ...(census
      ? [
          `What that census (${census.syncId}), a sync of all children, did:`,
          ...syncText(census, asked.width),
        ]
      : []),
    `ONA holds ${plural(held.cases, 'child', 'children')} and ${plural(held.services, 'service', 'services')} now; not loaded: ${plural(rejected.cases, 'record', 'records')}, ${plural(rejected.services, 'service', 'services')}.`,
    ...(left.cases + left.services > 0
      ? [
          `Of these, ${plural(left.cases, 'row', 'rows')} of cases and ${plural(left.services, 'row', 'rows')} of services were left by an earlier integration and match no record of Primero. \`rejects --orphans\` lists them.`,
        ]
      : []),
    '',
  ].join('\n');
};
