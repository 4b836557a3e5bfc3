import { relative } from 'node:path';
import type { OnaCredential } from '../../credentials/schema.ts';
import type { sandboxPaths } from '../../sync/state-folder.ts';

/** A path as people type it from the current folder. */
export const fromHere = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
};

const CLI = 'npm run -s cli --';

/** Where the sandbox's data is, and how to look at it. */
export const sandboxWhere = (paths: ReturnType<typeof sandboxPaths>): string[] => [
  `${fromHere(paths.ona)}  the ONA database, embedded; \`${CLI} status\` shows its last syncs`,
  `${fromHere(paths.inbox)}  the messages; \`${CLI} inbox\` lists them`,
  `to see the tables with psql, run \`${CLI} sandbox\` in another terminal; it prints the command`,
];

export const SANDBOX_NEXT = [
  'npm start                        the next quarter: only what changed is written',
  `${CLI} status         whether ONA is complete, and what the last census did`,
  `${CLI} sandbox        starts the servers, to run the jobs by hand`,
  `${CLI} --help         all other commands, such as a sync of real servers`,
];

/** How to open a real ONA. psql asks for the password. */
export const psqlCommand = ({ host, port, database, user }: OnaCredential): string =>
  `psql -h ${host} -p ${port} -U ${user} -d ${database}`;

export const realWhere = (ona: OnaCredential, file: string): string[] => [
  psqlCommand(ona),
  `\`${CLI} status --credentials ${file}\` shows its last syncs`,
];

export const REAL_NEXT = ['The next `sync` writes only what has changed by then.'];
