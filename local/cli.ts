/** The command: see `npm run -s cli -- --help`. */
import { main } from './cli/main.ts';

const exitCode = await main(process.argv.slice(2));
// Output may still be on its way into a pipe.
await Promise.all(
  [process.stdout, process.stderr].map((s) => new Promise((done) => s.write('', done))),
);
process.exit(exitCode);
