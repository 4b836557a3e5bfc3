import { relative } from 'node:path';
import type { OnaCredential } from '../../credentials/schema.ts';
import type { sandboxPaths } from '../../sync/state-folder.ts';

/** A path as one would type it here. */
export const fromHere = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
};

const CLI = 'npm run -s cli --';

/** Where the sandbox's data is, and how to look at it. */
export const sandboxWhere = (paths: ReturnType<typeof sandboxPaths>): string[] => [
  `${fromHere(paths.ona)}  the ONA database, embedded; \`${CLI} status\` reads what it keeps of each sync`,
  `${fromHere(paths.inbox)}  the messages; \`${CLI} inbox\` lists them`,
  `the tables by psql: \`${CLI} sandbox\` in another terminal prints the command`,
];

export const SANDBOX_NEXT = [
  'npm start                        a second quarter: only what changed moves',
  `${CLI} status         complete since when, and what the last census did`,
  `${CLI} sandbox        the servers, to run the four jobs by hand`,
  `${CLI} --help         everything else, such as a sync of real servers`,
];

/** How to open a real ONA; the password is asked for. */
export const psqlCommand = ({ host, port, database, user }: OnaCredential): string =>
  `psql -h ${host} -p ${port} -U ${user} -d ${database}`;

export const realWhere = (ona: OnaCredential, file: string): string[] => [
  psqlCommand(ona),
  `\`${CLI} status --credentials ${file}\` reads what it keeps of each sync`,
];

export const REAL_NEXT = ['The next `sync` brings over only what has changed by then.'];
