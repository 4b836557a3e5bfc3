import { randomBytes } from 'node:crypto';
import { link, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { uptime } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { writePrivateJson } from '../credentials/write.ts';
import type { OnaAddress } from '../ona/serve.ts';
import { UserError } from '../user-error.ts';
import { readJsonFile } from './json-file.ts';

/** Who has the local database open. PGlite's files allow one process only. */
export type Holder = {
  command: string;
  pid: number;
  since: string;
  ona?: { pid: number; address: OnaAddress };
};

/** A database whose command was killed closes by itself within this time, ms. */
const CLOSING_MS = 8000;

const isAlive = (pid: number): boolean => {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Process ids are given again after a restart of the machine. */
const isOfThisBoot = ({ since }: Holder): boolean =>
  Date.parse(since) > Date.now() - uptime() * 1000 - 5000;

const answers = ({ host, port }: OnaAddress): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });

/** Locks that this process holds: one with its id is another's of before, where ids begin anew. */
const held = new Set<string>();

/** `closing`: the command is gone, and its database is about to follow. */
const stateOf = async (holder: Holder, file: string): Promise<'free' | 'open' | 'closing'> => {
  if (holder.pid === process.pid) return held.has(file) ? 'open' : 'free';
  if (!isOfThisBoot(holder)) return 'free';
  const { pid, ona } = holder;
  if (!isAlive(pid)) return ona && isAlive(ona.pid) ? 'closing' : 'free';
  return !ona || (await answers(ona.address)) ? 'open' : 'free';
};

const read = async (file: string): Promise<Holder | null> =>
  readJsonFile<Holder>(file).catch(() => null);

/** Which running command has the database open; null when none has. */
export const lockHolder = async (file: string): Promise<Holder | null> => {
  const holder = await read(file);
  return holder !== null && (await stateOf(holder, file)) === 'open' ? holder : null;
};

const taken = (holder: Holder | null): UserError =>
  new UserError(
    'LOCAL_DATABASE_OPEN',
    `\`${holder?.command ?? 'another command'}\` (process ${holder?.pid ?? 'unknown'}) has the local database open`,
    `wait for it or stop it, then run again`,
  );

/** Linked into its place, so that nobody ever reads half a lock. */
const create = async (file: string, holder: Holder): Promise<boolean> => {
  const own = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writePrivateJson(own, holder);
  try {
    await link(own, file);
    held.add(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
};

/**
 * Takes the lock on the local database, or throws LOCAL_DATABASE_OPEN.
 * One that a killed command left behind is taken over once its database has closed.
 */
export const takeLock = async (file: string, command: string) => {
  const mine: Holder = { command, pid: process.pid, since: new Date().toISOString() };
  const until = Date.now() + CLOSING_MS;
  while (!(await create(file, mine))) {
    const holder = await read(file);
    const state = holder ? await stateOf(holder, file) : 'free';
    if (state === 'free') await rm(file, { force: true });
    else if (state === 'open' || Date.now() > until) throw taken(holder);
    else await sleep(100);
  }
  return {
    /** Says where the database answers, for commands that only read. */
    announce: (ona: NonNullable<Holder['ona']>) => writePrivateJson(file, { ...mine, ona }),
    release: async () => {
      held.delete(file);
      await rm(file, { force: true });
    },
  };
};
