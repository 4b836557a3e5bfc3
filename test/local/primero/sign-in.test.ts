import { expect, test } from 'vitest';
import type { Primero } from '../../../local/primero/index.ts';
import { ask, basic } from '../../support/primero.ts';
import { NOW, sandbox } from './sandbox.ts';

const signIn = (primero: Primero, password: string, name = primero.credential.user) =>
  fetch(`${primero.url}/api/v2/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: { user_name: name, password } }),
  });

const PATHS = ['cases', 'lookups', 'forms', 'locations'];

test('Basic works on every endpoint, and nothing works without it', async () => {
  const primero = await sandbox();
  for (const path of PATHS) {
    expect((await ask(primero, path)).status).toBe(200);
    expect((await fetch(`${primero.url}/api/v2/${path}`)).status).toBe(401);
    const wrong = basic({ user: primero.credential.user, password: 'wrong' });
    expect((await fetch(`${primero.url}/api/v2/${path}`, { headers: wrong })).status).toBe(401);
  }
});

test('a password may hold a colon', async () => {
  const primero = await sandbox({ user: 'anna', password: 'a:b:c' });
  expect((await ask(primero, 'cases')).status).toBe(200);
});

test('2.9 gives a token in the body, which lets in', async () => {
  const primero = await sandbox({ family: '2.9' });
  const answer = (await (await signIn(primero, primero.credential.password)).json()) as {
    token: string;
  };
  expect(answer).toEqual({ id: 1, user_name: primero.credential.user, token: expect.any(String) });
  const headers = { authorization: `Bearer ${answer.token}` };
  expect((await fetch(`${primero.url}/api/v2/cases`, { headers })).status).toBe(200);
  const made = { authorization: 'Bearer made-up' };
  expect((await fetch(`${primero.url}/api/v2/cases`, { headers: made })).status).toBe(401);
});

test.each(['2.12', '2.14'] as const)(
  '%s gives no token, but a session by cookie',
  async (family) => {
    const primero = await sandbox({ family });
    const response = await signIn(primero, primero.credential.password);
    expect(await response.json()).toEqual({
      id: 1,
      user_name: primero.credential.user,
      group_permission: 'all',
    });
    const headers = { cookie: String(response.headers.get('set-cookie')).split(';')[0]! };
    expect((await fetch(`${primero.url}/api/v2/cases`, { headers })).status).toBe(200);
  },
);

test('signing in is tried six times a minute and user, right or wrong', async () => {
  let now = NOW;
  const primero = await sandbox({ now: () => now });
  for (let i = 0; i < 3; i++)
    expect((await signIn(primero, primero.credential.password)).status).toBe(200);
  for (let i = 0; i < 3; i++) expect((await signIn(primero, 'wrong')).status).toBe(401);
  expect((await signIn(primero, primero.credential.password)).status).toBe(429);
  expect((await signIn(primero, primero.credential.password, 'Sync ')).status).toBe(429);
  expect((await signIn(primero, 'x', 'another')).status).toBe(401);
  now += 60_000;
  expect((await signIn(primero, primero.credential.password)).status).toBe(200);
});

test('what the role may not use is forbidden, in the words of Primero', async () => {
  const primero = await sandbox({ forbidden: ['cases'] });
  const response = await ask(primero, 'cases');
  expect(response.status).toBe(403);
  expect(await response.json()).toEqual({
    errors: [{ status: 403, resource: '/api/v2/cases', message: 'Forbidden' }],
  });
  expect((await ask(primero, 'lookups')).status).toBe(200);
});

test('what is not there is not found', async () => {
  const primero = await sandbox();
  expect((await ask(primero, 'incidents')).status).toBe(404);
  expect(primero.requests).toEqual([
    { method: 'GET', path: '/api/v2/incidents', query: {}, status: 404 },
  ]);
});
