import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the CLI keeps the adaptors that it has installed; null before its first run. */
export const officialAdaptors = async (): Promise<string | null> => {
  const folder = process.env.OPENFN_REPO_DIR ?? join(homedir(), 'openfn', 'repo', 'cli');
  return access(join(folder, 'package.json')).then(
    () => folder,
    () => null,
  );
};
