#!/usr/bin/env -S node --experimental-vm-modules --no-warnings
/** The command: see `npm run -s cli -- --help`. */
import { main } from './cli/main.ts';

// The program that reads the output may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const exitCode = await main(process.argv.slice(2));
// Some output may still have to go into a pipe.
await Promise.all(
  [process.stdout, process.stderr].map((s) => new Promise((done) => s.write('', done))),
);
process.exit(exitCode);
