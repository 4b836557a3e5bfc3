import type { Answer } from '../answer.ts';
import type { SignIn } from '../sign-in.ts';
import type { Family } from '../store-options.ts';

type Body = { user?: { user_name?: unknown; password?: unknown } } | null | undefined;

/**
 * `POST /api/v2/tokens`: at most 6 tries a minute and user. Family 2.9 puts the token into the body
 * and a cookie; family 2.11 opens a session that is known by its cookie alone.
 */
export const answerToken = (body: Body, signIn: SignIn, family: Family): Answer => {
  const { user_name: user, password } = body?.user ?? {};
  if (!signIn.mayTry(user)) return { status: 429, content: { error: 'Retry later' } };
  if (!signIn.matches(user, password))
    return { status: 401, content: { error: 'Invalid User name or password.' } };
  const session = signIn.open();
  const name = family === '2.9' ? 'primero_token' : '_app_session';
  const who = { id: 1, user_name: signIn.user };
  return {
    status: 200,
    content: family === '2.9' ? { ...who, token: session } : { ...who, group_permission: 'all' },
    headers: { 'set-cookie': `${name}=${session}; path=/; HttpOnly; SameSite=Strict` },
  };
};
