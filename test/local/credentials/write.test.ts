import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writePrivateJson } from '../../../local/credentials/write.ts';

test('a file with credentials is for its owner alone, also where a readable one was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'credentials-'));
  try {
    const file = join(folder, 'new', 'credentials.json');
    await writePrivateJson(file, { apiKey: 'a' });
    await chmod(file, 0o644);
    await writeFile(file, 'old');
    await writePrivateJson(file, { apiKey: 'b' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ apiKey: 'b' });
    expect(await readdir(join(folder, 'new'))).toEqual(['credentials.json']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
