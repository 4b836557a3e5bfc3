import { expect, test } from 'vitest';
import { message, ownFolder, post, started } from './started-inbox.ts';

test('A flood of 1,000 posts loses no accepted message and starts no two runs side by side', async () => {
  const ran: string[] = [];
  let running = 0;
  let most = 0;
  const handle = async (_message: unknown, id: string) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    ran.push(id);
    return { ok: true } as const;
  };
  const inbox = await started({ folder: await ownFolder(), handle });
  const posts = Array.from({ length: 1000 }, (_, i) => post(inbox, message(i + 1)));
  const answers = await Promise.all(posts);
  const ids = await Promise.all(answers.map((answer) => answer.json() as Promise<{ id: string }>));
  await inbox.idle();
  expect(most).toBe(1);
  expect(new Set(ran)).toEqual(new Set(ids.map(({ id }) => id)));
  expect(ran).toEqual((await inbox.list({ state: 'done' })).map(({ id }) => id));
  expect(ran).toHaveLength(1000);
});
