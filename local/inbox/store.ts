import { lstat, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import { folderSync, privateFolder, writeWhole } from './durable-file.ts';
import { makeId, parseId } from './message-id.ts';
import { readMessage } from './read-message.ts';

export type MessageState = 'waiting' | 'done' | 'failed';

/** A stored message: what its name says, where it is, and why it failed if it did. */
export type Entry = {
  id: string;
  file: string;
  state: MessageState;
  syncId: string;
  part: number;
  batch: number;
  /** The inbox's count of messages: the order in which they came. */
  arrival: number;
  reason?: string;
};

export type Times = { cameAt: string; markedAt: string | null };

export type Store = Awaited<ReturnType<typeof openStore>>;

const MARKS = ['done', 'failed'] as const;

/**
 * Messages in a folder: `<id>.json` holds one, as `{ "data": MESSAGE }`, and stays where it is;
 * `marks/<id>.done` or `marks/<id>.failed` (with the reason) says what came of it. Neither: it
 * waits. Needs no server, and finds what another process wrote.
 */
export const openStore = async (folder: string) => {
  const marks = join(folder, 'marks');
  await privateFolder(folder);
  await privateFolder(marks);

  const ids = async (): Promise<string[]> =>
    (await readdir(folder, { withFileTypes: true }))
      .filter((file) => file.isFile() && file.name.endsWith('.json'))
      .map(({ name }) => name.slice(0, -'.json'.length))
      .filter((id) => parseId(id) !== null);

  let arrivals = Math.max(0, ...(await ids()).map((id) => parseId(id)!.arrival));

  /** One file at a time, in order of arrival: no later message is safe before an earlier one. */
  let lastWrite = Promise.resolve();
  const syncNames = folderSync(folder);

  const fileOf = (id: string) => join(folder, `${id}.json`);

  const markOf = (id: string, state: (typeof MARKS)[number]) => join(marks, `${id}.${state}`);

  const timeOf = async (path: string): Promise<string | null> =>
    stat(path).then(
      ({ mtime }) => mtime.toISOString(),
      () => null,
    );

  const entry = (id: string, marked: Set<string>): Entry => {
    // If a crash fell between two marks, both are there. Then the message counts as failed, so that it is noticed.
    const state = marked.has(`${id}.failed`)
      ? 'failed'
      : marked.has(`${id}.done`)
        ? 'done'
        : 'waiting';
    return { id, file: fileOf(id), state, ...parseId(id)! };
  };

  const withReason = async (found: Entry): Promise<Entry> =>
    found.state === 'failed'
      ? { ...found, reason: await readFile(markOf(found.id, 'failed'), 'utf8').catch(() => '') }
      : found;

  /** Messages in the order in which they came; with `limit`, the last so many of them. */
  const list = async (only: { state?: MessageState; limit?: number } = {}): Promise<Entry[]> => {
    const marked = new Set(await readdir(marks));
    const all = (await ids())
      .map((id) => entry(id, marked))
      .filter(({ state }) => only.state === undefined || state === only.state)
      .sort((a, b) => a.arrival - b.arrival || (a.id < b.id ? -1 : 1));
    const first = Math.max(0, all.length - (only.limit ?? all.length));
    const listed: Entry[] = [];
    // One by one, because ten thousand files are more than a process may open at once.
    for (const found of all.slice(first)) listed.push(await withReason(found));
    return listed;
  };

  /** A link does not count: it may lead elsewhere. */
  const isFile = (path: string): Promise<boolean> =>
    lstat(path).then(
      (found) => found.isFile(),
      () => false,
    );

  /** The message with this id, or in this file of the folder; null if there is none. */
  const find = async (idOrFile: string): Promise<Entry | null> => {
    const inFolder = dirname(resolve(idOrFile)) === resolve(folder);
    const id = inFolder ? basename(idOrFile, '.json') : idOrFile;
    if (parseId(id) === null || !(await isFile(fileOf(id)))) return null;
    const marked = new Set<string>();
    for (const state of MARKS) if (await isFile(markOf(id, state))) marked.add(`${id}.${state}`);
    return withReason(entry(id, marked));
  };

  const known = async (id: string): Promise<Entry> => {
    const found = await find(id);
    if (found) return found;
    throw new UserError('MESSAGE_UNKNOWN', `no message ${JSON.stringify(id)} in ${folder}`);
  };

  return {
    list,
    find,

    /**
     * Stores a message: the id is known at once, and counts as the next to come; `stored` resolves
     * when the message would outlive a power cut.
     */
    add: (message: unknown): { id: string; stored: Promise<void> } => {
      arrivals += 1;
      const id = makeId(message, arrivals);
      const text = JSON.stringify({ data: message }, null, 2);
      const write = () => writeWhole(fileOf(id), text, true);
      lastWrite = lastWrite.then(write, write);
      return { id, stored: lastWrite.then(syncNames) };
    },

    /** The message with this id. Throws `MESSAGE_UNKNOWN` or `MESSAGE_FILE_UNREADABLE`. */
    read: async (id: string): Promise<unknown> => readMessage((await known(id)).file),

    /** When a message came, and when it was marked, ISO 8601; null where it is not. */
    timesOf: async ({ id, file, state }: Entry): Promise<Times> => ({
      cameAt: (await timeOf(file)) ?? '',
      markedAt: state === 'waiting' ? null : await timeOf(markOf(id, state)),
    }),

    /** Says what came of a message; `waiting` takes back what was said. Throws `MESSAGE_UNKNOWN`. */
    mark: async (id: string, state: MessageState, reason = ''): Promise<void> => {
      await known(id);
      // If a power cut removes a mark, the message runs again, which does no harm.
      if (state !== 'waiting') await writeWhole(markOf(id, state), reason);
      const others = MARKS.filter((other) => other !== state);
      await Promise.all(others.map((other) => rm(markOf(id, other), { force: true })));
    },

    /** Removes a message, and what is said of it. */
    remove: async (id: string): Promise<void> => {
      await known(id);
      // The marks last: without its message none of them is seen.
      for (const path of [fileOf(id), ...MARKS.map((state) => markOf(id, state))])
        await rm(path, { force: true });
    },

    /** Takes away what a crash left half-written; only for the one process that adds messages. */
    tidy: async (): Promise<void> => {
      const left = [folder, marks].map(async (path) => {
        const names = (await readdir(path)).filter((name) => name.endsWith('.tmp'));
        await Promise.all(names.map((name) => rm(join(path, name), { force: true })));
      });
      await Promise.all(left);
    },
  };
};
