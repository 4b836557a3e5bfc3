import { EXIT, type ExitCode } from '../exit.ts';
import type { Known } from './known.ts';

const ofCommand = (meaning: string, todo: string, exit: ExitCode): Known => ({
  ...{ group: 'command', meaning, todo, exit },
});

/** Errors that the command alone raises. */
export const OF_COMMAND = {
  ADAPTOR_MISSING: ofCommand(
    'An adaptor of the workflow is neither installed nor built.',
    'Run `npm run build`, or install the named package.',
    EXIT.failed,
  ),
  CASE_UNKNOWN: ofCommand(
    'ONA knows no case with what `why` or `erase` was given.',
    'Try the id in Primero, or look with `status` whether a census is complete.',
    EXIT.failed,
  ),
  CENSUS_MISSING: ofCommand(
    'There is no complete census yet that changes could be added to.',
    'Run `sync` without `--changes-only`.',
    EXIT.usage,
  ),
  CHAIN_STALLED: ofCommand(
    'An inbox elsewhere has written no batch for 20 minutes.',
    'Look into the run history behind the inbox; `status` says how to go on.',
    EXIT.failed,
  ),
  CLI_CRASHED: ofCommand(
    'The `openfn` command ended before it wrote a result.',
    'Check servers and credentials; run again with `--debug`.',
    EXIT.failed,
  ),
  CLI_MISSING: ofCommand(
    'There is no `openfn` command to run the jobs with.',
    'Install `@openfn/cli`, or leave the engine to the built-in one.',
    EXIT.usage,
  ),
  CONFIG_INVALID: ofCommand(
    'A file of the configuration cannot be built in. File and line are named.',
    'Correct it there; [config/README.md](../config/README.md) says what each file holds.',
    EXIT.usage,
  ),
  CREDENTIALS_INVALID: ofCommand(
    'The credentials file has a wrong or missing key, which is named, or is not JSON.',
    'Correct the named key.',
    EXIT.usage,
  ),
  CREDENTIALS_MISSING: ofCommand(
    'No credentials file was named, or it cannot be read.',
    'Pass `--credentials FILE`, or set `PRIMERO_ONA_CREDENTIALS`.',
    EXIT.usage,
  ),
  CREDENTIAL_MISSING: ofCommand(
    'A step of the workflow needs a credential that the file lacks.',
    'Add it to the credentials file under that name.',
    EXIT.failed,
  ),
  FAILED: ofCommand(
    "A batch failed with an error that is none of the sync's own.",
    'Run again with `--debug`, and report what it prints.',
    EXIT.failed,
  ),
  FIGURES_MISSING: ofCommand(
    'No census has been complete yet, so no figures are kept.',
    'Publish after a sync that says *Complete*.',
    EXIT.failed,
  ),
  INBOX_KEY_MISSING: ofCommand(
    'The local inbox was started without a key.',
    'Set `apiKey` under `inbox` in the credentials file.',
    EXIT.failed,
  ),
  INBOX_PORT_TAKEN: ofCommand(
    "Another program listens on the inbox's port.",
    'Stop it, or choose another with `--port`.',
    EXIT.failed,
  ),
  INTERRUPTED: ofCommand(
    'Ctrl-C, or the end of the service, stopped the sync between two steps; where another inbox runs the batches, only the watching.',
    'Nothing: the next `sync` goes on from there (`--take-over`: begins anew), or the inbox by itself.',
    EXIT.interrupted,
  ),
  JOB_NOT_BUILT: ofCommand('The code of a job is not there.', 'Run `npm run build`.', EXIT.failed),
  LOCAL_DATABASE_OPEN: ofCommand(
    'Another command has the local database open.',
    'Wait for it, or stop it.',
    EXIT.failed,
  ),
  MESSAGE_FILE_UNREADABLE: ofCommand(
    'A message file is not there, or not of the form `{"data": MESSAGE}`.',
    'Give a file of the form `{"data": MESSAGE}`.',
    EXIT.usage,
  ),
  MESSAGE_UNKNOWN: ofCommand(
    'There is no message and no sync with this id.',
    'List the ids with `inbox`.',
    EXIT.usage,
  ),
  MIGRATION_CHANGED: ofCommand(
    'A migration that was applied has been edited since.',
    'Check out the released files; put changes into a new one.',
    EXIT.failed,
  ),
  NOTHING_DONE: ofCommand(
    'The batch had no business: another sync is under way, or its own is over.',
    'Wait or take over, as it says; `status` tells of both.',
    EXIT.failed,
  ),
  NOT_PUBLISHED: ofCommand(
    'The quarter has not been published.',
    'Publish it with `report --publish`.',
    EXIT.failed,
  ),
  ONA_DATABASE_MISSING: ofCommand(
    'The server has no database of that name.',
    'Correct `ona.database`.',
    EXIT.usage,
  ),
  ONA_DISK_FULL: ofCommand(
    'The disk of ONA is full.',
    'Have whoever runs the server make room: nothing was written, and what is there is safe.',
    EXIT.failed,
  ),
  ONA_READ_ONLY: ofCommand(
    'ONA takes no writing: the user, the database or the server is read-only.',
    'Run `check`: it names the statement that changes it.',
    EXIT.failed,
  ),
  ONA_TYPE_WRONG: ofCommand(
    'A column of ONA is of another type than the sync writes.',
    'Run `check`: it names the column and the statement that changes it.',
    EXIT.failed,
  ),
  ONA_VIEW_MISSING: ofCommand(
    'ONA lacks the views of the report.',
    'Run the `migrate` command that the text shows.',
    EXIT.usage,
  ),
  PROJECT_CONDITION: ofCommand(
    "The workflow has a condition that the platform's project file has no word for.",
    'Add it to `local/project/split-workflow.ts`.',
    EXIT.failed,
  ),
  QUARTER_UNFINISHED: ofCommand(
    'The quarter was not over yet when the newest complete census began.',
    'Publish it after a census that begins when the quarter is over.',
    EXIT.failed,
  ),
  REPORT_NOT_WRITTEN: ofCommand(
    "The report's file cannot be written.",
    'Name another with `--out`.',
    EXIT.usage,
  ),
  RUNNER_FLAG_MISSING: ofCommand(
    'Node was started without its flag for vm modules.',
    'Use the npm scripts, or add `--experimental-vm-modules`.',
    EXIT.failed,
  ),
  RUN_ENDED_EARLY: ofCommand(
    'A batch ended without a summary.',
    'Check out `workflow.json` again.',
    EXIT.failed,
  ),
  RUN_TIMEOUT: ofCommand(
    'A run took longer than it may.',
    'Run again; make batches smaller if it comes back.',
    EXIT.failed,
  ),
  SANDBOX_DIFFERS: ofCommand(
    'The local sandbox has another world than the options say.',
    'Leave the options out, or add `--reset`.',
    EXIT.usage,
  ),
  SANDBOX_MISSING: ofCommand(
    'There is no local sandbox yet.',
    'Make one with `npm start`, or name real servers with `--credentials FILE`.',
    EXIT.usage,
  ),
  SERVER_FAILED: ofCommand(
    'A server of the sandbox did not start; the text says why.',
    'Mend that, and run again.',
    EXIT.failed,
  ),
  STATE_UNREADABLE: ofCommand(
    'A file of the state folder cannot be read, or is not JSON.',
    'Check its owner; or remove it and run again.',
    EXIT.failed,
  ),
  STATE_UNWRITABLE: ofCommand(
    'The state folder, or a folder in it, cannot be made or written in; the code of the system is named.',
    'Check its owner and space, or name another in `PRIMERO_ONA_STATE`.',
    EXIT.usage,
  ),
  UNEXPECTED: ofCommand(
    'An error that nobody foresaw.',
    'Run again with `--debug`, and report what it prints.',
    EXIT.failed,
  ),
  USAGE: ofCommand(
    'An unknown command or option, or a value that cannot be.',
    'See `--help` of the command.',
    EXIT.usage,
  ),
  WORKFLOW_INVALID: ofCommand(
    '`workflow.json` is not JSON, has no steps, or leads nowhere.',
    'Check it out again.',
    EXIT.failed,
  ),
  WORKFLOW_UNREADABLE: ofCommand(
    'There is no workflow file.',
    'Run from a whole checkout.',
    EXIT.failed,
  ),
} as const satisfies Record<string, Known>;
