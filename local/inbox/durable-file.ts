import { chmod, mkdir, open, rename } from 'node:fs/promises';

/** Creates a folder that only its owner can read, or makes an existing one so. */
export const privateFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
};

const syncPath = async (path: string): Promise<void> => {
  const opened = await open(path, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
};

/**
 * Writes a file that only its owner can read. It exists completely or not at all, whenever this process dies:
 * it gets its name when it is written. With `sync` its content is on the disk by then.
 */
export const writeWhole = async (path: string, text: string, sync = false): Promise<void> => {
  const file = await open(`${path}.tmp`, 'w', 0o600);
  try {
    await file.writeFile(text);
    if (sync) await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
};

/**
 * Makes a function that syncs a folder, after which the names of its files outlive a power cut.
 * It takes ten times as long as syncing a file, so calls that come while one runs share the next.
 */
export const folderSync = (path: string): (() => Promise<void>) => {
  let running = Promise.resolve();
  let next: Promise<void> | null = null;
  const start = () => {
    next = null;
    running = syncPath(path);
    return running;
  };
  return () => {
    next ??= running.then(start, start);
    return next;
  };
};
