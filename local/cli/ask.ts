import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks a person at a terminal, or reads the answers line by line from what is piped in. */
export type Asker = {
  /** The answer, without spaces around it. Null if the input has ended. */
  ask(question: string, how?: { isSecret?: boolean }): Promise<string | null>;
  close(): void;
};

type Input = NodeJS.ReadableStream & { isTTY?: boolean };

/** An answer that is a secret is not shown while it is typed. */
export const makeAsker = (input: Input, output: { write(text: string): unknown }): Asker => {
  let isHidden = false;
  const shown = new Writable({
    write: (chunk, _, done) => {
      if (!isHidden) output.write(String(chunk));
      done();
    },
  });
  const lines = createInterface({ input, output: shown, terminal: input.isTTY === true });
  const next = lines[Symbol.asyncIterator]();
  return {
    ask: async (question, { isSecret = false } = {}) => {
      output.write(question);
      isHidden = isSecret;
      const { value, done } = await next.next();
      isHidden = false;
      if (isSecret || input.isTTY !== true) output.write('\n');
      return done ? null : String(value).trim();
    },
    close: () => lines.close(),
  };
};
