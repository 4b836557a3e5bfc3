import type { Answer } from '../answer.ts';
import { type Family, RULES } from '../family.ts';
import { type SignIn, WRONG_PASSWORD } from '../sign-in.ts';

type Body = { user?: { user_name?: unknown; password?: unknown } } | null | undefined;

/**
 * `POST /api/v2/tokens`: at most 6 tries a minute and user. Family 2.9 puts the token into the body
 * and a cookie; newer ones open a session that is known by its cookie alone.
 */
export const answerToken = (body: Body, signIn: SignIn, family: Family): Answer => {
  const { user_name: user, password } = body?.user ?? {};
  if (!signIn.mayTry(user)) return { status: 429, content: { error: 'Retry later' } };
  if (!signIn.matches(user, password)) return { status: 401, content: { error: WRONG_PASSWORD } };
  const session = signIn.open();
  const { tokenInBody } = RULES[family];
  const name = tokenInBody ? 'primero_token' : '_app_session';
  const who = { id: 1, user_name: signIn.user };
  return {
    status: 200,
    content: tokenInBody ? { ...who, token: session } : { ...who, group_permission: 'all' },
    headers: { 'set-cookie': `${name}=${session}; path=/; HttpOnly; SameSite=Strict` },
  };
};
