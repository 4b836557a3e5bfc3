import { readFileSync } from 'node:fs';
import { inProject } from '../../../local/paths.ts';

/** What a real Primero was asked, and what it answered. */
export type Recorded = {
  why: string;
  /** Who asked: `sync` sees all mapped fields, the others less; null gave no credentials. */
  user: string | null;
  path: string;
  status: number;
  /** The content type of the answer. */
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of a server, looked at field by field
  body: any;
};

export type StoredCase = Record<string, unknown> & { id: string };

const read = (name: string) =>
  JSON.parse(
    readFileSync(inProject('test', 'local', 'primero', 'answers', `${name}.json`), 'utf8'),
  );

/** The questions to a version, with its answers. */
export const recordedOf = (version: string): Recorded[] => read(version);

/** The cases that each version held. */
export const storedCases: StoredCase[] = read('cases');
