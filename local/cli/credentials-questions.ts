import type { Asker } from './ask.ts';

type Question = {
  key: string;
  text: string;
  /** The answer if nothing is typed. Without one, something must be typed. */
  otherwise?: string;
  isSecret?: boolean;
  /** What the answer becomes in the file. */
  to?: (answer: string) => unknown;
};

const yes = (answer: string): boolean => /^y(es)?$/i.test(answer);

const PRIMERO: readonly Question[] = [
  { key: 'url', text: 'Primero: address, such as https://primero.example.org' },
  { key: 'user', text: 'Primero: user' },
  { key: 'password', text: 'Primero: password', isSecret: true },
];

const ONA: readonly Question[] = [
  { key: 'host', text: 'ONA: host' },
  { key: 'port', text: 'ONA: port', otherwise: '5432', to: Number },
  { key: 'database', text: 'ONA: database', otherwise: 'ona' },
  { key: 'user', text: 'ONA: user' },
  { key: 'password', text: 'ONA: password', isSecret: true },
  { key: 'ssl', text: 'ONA: encrypted with TLS? yes or no', otherwise: 'yes', to: yes },
];

const INBOX: readonly Question[] = [
  {
    key: 'inboxUrl',
    text: 'Inbox: address of the webhook (press Enter to run the batches here)',
    otherwise: '',
  },
  { key: 'apiKey', text: 'Inbox: API key', isSecret: true },
];

/** The input ended before all questions were answered. */
export class InputEnded extends Error {}

const answerTo = async (
  { text, otherwise, isSecret = false, to = (answer) => answer }: Question,
  { ask }: Asker,
): Promise<unknown> => {
  for (;;) {
    const hint = otherwise ? ` [${otherwise}]` : '';
    const answer = await ask(`${text}${hint}: `, { isSecret });
    if (answer === null) throw new InputEnded();
    if (answer !== '' || otherwise !== undefined) return to(answer || otherwise!);
  }
};

const answersTo = async (questions: readonly Question[], asker: Asker) => {
  const answers: Record<string, unknown> = {};
  for (const question of questions) answers[question.key] = await answerTo(question, asker);
  return answers;
};

/** Asks for all that a credentials file holds. @throws {InputEnded} */
export const askForCredentials = async (asker: Asker): Promise<Record<string, object>> => {
  const primero = { ...(await answersTo(PRIMERO, asker)), basicAuth: true };
  const ona = await answersTo(ONA, asker);
  const [address, key] = INBOX;
  const inboxUrl = await answerTo(address!, asker);
  if (inboxUrl === '') return { primero, ona };
  return { primero, ona, inbox: { inboxUrl, apiKey: await answerTo(key!, asker) } };
};
