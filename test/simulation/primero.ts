import { answerCases } from '../../local/primero/endpoints/cases.ts';
import { answerOneCase } from '../../local/primero/endpoints/one-case.ts';
import { errors } from '../../local/primero/error-body.ts';
import { type Family, RULES } from '../../local/primero/family.ts';
import { type Fault, Faults } from '../../local/primero/faults.ts';
import { mix } from '../../local/primero/hash.ts';
import { thinOut } from '../../local/primero/play-fault.ts';
import { QueryFailure } from '../../local/primero/query/outcome.ts';
import type { Role } from '../../local/primero/role.ts';
import { PrimeroStore } from '../../local/primero/store.ts';
import { NEVER } from './stage.ts';

export type Query = Record<string, string>;

/** What was asked, and what came back in the end: null where the client could not read it. */
export interface Exchange {
  path: string;
  query: Query;
  status: number;
  content: unknown;
  fault: Fault | null;
}

const PAGE = '<!DOCTYPE html><html><body>Please wait</body></html>';

/** The sandbox Primero without its server: the same store, endpoints and faults, in this process. */
export class Primero {
  readonly store: PrimeroStore;
  readonly role: Role = { hiddenFields: new Set() };
  readonly faults = new Faults();
  readonly family: Family;
  readonly seed: number;
  largestPage: number;
  /** Called between the two looks that a search takes into the database. */
  during: () => void = () => {};
  #requests = 0;

  constructor(
    seed: number,
    family: Family,
    largestPage: number,
    delayMs: number,
    now: () => number,
  ) {
    this.family = family;
    this.seed = seed;
    this.largestPage = largestPage;
    this.store = new PrimeroStore({
      ...{ cases: 0, seed, family, now, until: 0, sameInstant: 0 },
      commitDelayMs: delayMs,
    });
  }

  get hasIndex(): boolean {
    return RULES[this.family].engine === 'solr';
  }

  async #respond(path: string, query: Query): Promise<{ status: number; content: unknown }> {
    const { store, family, role, largestPage } = this;
    try {
      const answer =
        path === '/api/v2/cases'
          ? await answerCases(query, {
              ...{ store, family, role, largestPage },
              during: async () => this.during(),
              tieSeed: mix(this.seed, this.#requests),
            })
          : answerOneCase(path, query, { store, family, role });
      return { status: answer.status ?? 200, content: answer.content };
    } catch (error) {
      if (error instanceof QueryFailure) return { status: 500, content: errors(500, path) };
      throw error;
    }
  }

  /**
   * Answers one request as its client sees it: parsed content; `NEVER`; or the error of the adaptor. What was
   * exchanged goes to `log`.
   */
  async ask(
    path: string,
    query: Query,
    isSearch: boolean,
    log: (exchange: Exchange) => void,
  ): Promise<unknown> {
    this.#requests += 1;
    const fault = this.faults.take({ method: 'GET', path, query }, this.#requests) ?? null;
    const note = (status: number, content: unknown) => log({ path, query, status, content, fault });
    const fail = (error: unknown): never => {
      note(0, null);
      throw error;
    };
    const noJson = (text: string) => {
      const error = isSearch
        ? new TypeError("Cannot read properties of undefined (reading 'length')")
        : new SyntaxError('Unexpected token in JSON');
      if (text === '' && !isSearch) {
        note(200, null);
        return null;
      }
      return fail(error);
    };
    const refuse = (status: number, body: string, headers: Record<string, string>): never => {
      note(status, null);
      if (!isSearch)
        throw Object.assign(new Error(`Request failed: ${status}`), {
          ...{ statusCode: status, headers, body },
        });
      const shown = { statusCode: status, body, headers, request: {} };
      throw new Error(`Server responded with:\n${JSON.stringify(shown, null, 2)}`);
    };
    switch (fault?.kind) {
      case 'hang':
        note(0, null);
        return NEVER;
      case 'drop':
        return fail(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
      case 'html':
      case 'cut':
        return noJson(PAGE);
      case 'blank':
        return noJson('');
      case 'status': {
        const { status, retryAfter, body = 'primero' } = fault;
        const texts = { primero: JSON.stringify(errors(status, path)), html: PAGE, none: '' };
        // A proxy knows nothing of what Primero calls its resources.
        const text = status === 404 && body === 'primero' ? PAGE : texts[body];
        const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
        return refuse(status, text, headers as Record<string, string>);
      }
    }
    const asked =
      fault?.kind === 'ignore'
        ? Object.fromEntries(Object.entries(query).filter(([key]) => !fault.params.includes(key)))
        : query;
    const { status, content } = await this.#respond(path, asked);
    const sent = JSON.parse(
      JSON.stringify(status === 200 ? thinOut(fault ?? undefined, content) : content),
    );
    if (status === 200) {
      note(status, sent);
      return sent;
    }
    if (status === 404 || status === 403) note(status, sent);
    return refuse(status, JSON.stringify(sent), {});
  }
}
