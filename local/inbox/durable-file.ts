import { chmod, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder that only its owner may look into, or makes one that exists so. */
export const privateFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
};

/**
 * Writes a file that is there whole or not at all, and still there after a power cut once this
 * resolves: written under another name (`.tmp` after its own), synced, renamed, and its folder
 * synced too, since that holds the name. Readable by its owner only.
 */
export const writeDurably = async (path: string, text: string): Promise<void> => {
  const file = await open(`${path}.tmp`, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
