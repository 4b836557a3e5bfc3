/** The credential. With `basicAuth` every request sends user and password, otherwise a token. */
export type Configuration = { url: string; user: string; password: string; basicAuth?: boolean };

export type State = {
  configuration: Configuration;
  data?: unknown;
  references: unknown[];
  metadata?: unknown;
  /** Only while a job runs: `execute` takes it out at the end. */
  auth?: { token: string };
  [key: string]: unknown;
};

export type Operation = (state: State) => unknown;
