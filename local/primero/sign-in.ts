import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TRIES_A_MINUTE = 6;
const MINUTE = 60_000;

type Headers = { authorization?: string | undefined; cookie?: string | undefined };

export const WRONG_PASSWORD = 'Invalid User name or password.';

const same = (a: string, b: string): boolean => {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
};

/** Who may come in: one user, by password on each request, by token (2.9) or by session (newer families). */
export class SignIn {
  readonly user: string;
  readonly password: string;
  readonly #now: () => number;
  readonly #sessions = new Set<string>();
  readonly #tries = new Map<string, number>();
  #minute = 0;

  constructor(user: string, password: string, now: () => number) {
    this.user = user;
    this.password = password;
    this.#now = now;
  }

  matches(user: unknown, password: unknown): boolean {
    if (typeof user !== 'string' || typeof password !== 'string') return false;
    return same(user, this.user) && same(password, this.password);
  }

  /** Counts a try of this user; false when it was one too many for this minute of the clock. */
  mayTry(user: unknown): boolean {
    const minute = Math.floor(this.#now() / MINUTE);
    if (minute !== this.#minute) this.#tries.clear();
    this.#minute = minute;
    const name = String(user).toLowerCase().replace(/\s+/g, '');
    const tries = (this.#tries.get(name) ?? 0) + 1;
    this.#tries.set(name, tries);
    return tries <= TRIES_A_MINUTE;
  }

  /** Starts a session and returns what stands for it. */
  open(): string {
    const session = randomBytes(24).toString('base64url');
    this.#sessions.add(session);
    return session;
  }

  /** Why the headers of a request do not let it in; undefined: they do. */
  refusal(headers: Headers): string | undefined {
    if (this.#admits(headers)) return undefined;
    const isBasic = headers.authorization?.startsWith('Basic ');
    return isBasic ? WRONG_PASSWORD : 'You need to sign in or sign up before continuing.';
  }

  #admits(headers: Headers): boolean {
    const [scheme, credential = ''] = (headers.authorization ?? '').split(' ');
    if (scheme === 'Basic') {
      const [user, ...rest] = Buffer.from(credential, 'base64').toString('utf8').split(':');
      return this.matches(user, rest.join(':'));
    }
    if (scheme === 'Bearer') return this.#sessions.has(credential);
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('=')[1]);
    return cookies.some((value) => value !== undefined && this.#sessions.has(value));
  }
}
