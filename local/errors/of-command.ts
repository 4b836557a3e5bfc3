import { EXIT, type ExitCode } from '../exit.ts';
import type { Known } from './known.ts';

const ofCommand = (meaning: string, todo: string, exit: ExitCode): Known => ({
  ...{ group: 'command', meaning, todo, exit },
});

/** Errors that only the command raises. */
export const OF_COMMAND = {
  ADAPTOR_MISSING: ofCommand(
    'An adaptor of the workflow is neither installed nor built.',
    'Run `npm run build`, or install the named package.',
    EXIT.failed,
  ),
  CASE_UNKNOWN: ofCommand(
    'ONA has no case with the id that `why` or `erase` was given.',
    'Look for the id in Primero, or check with `status` whether a census is complete.',
    EXIT.failed,
  ),
  CENSUS_MISSING: ofCommand(
    'There is no complete census yet to which changes could be added.',
    'Run `sync` without `--changes-only`.',
    EXIT.usage,
  ),
  CHAIN_STALLED: ofCommand(
    'The batches run behind another inbox, and none was written for 20 minutes.',
    'Look at the history of the runs there. `status` says how to continue.',
    EXIT.failed,
  ),
  CLI_CRASHED: ofCommand(
    'The `openfn` command ended before it wrote a result.',
    'Check the servers and the credentials. Then run again with `--debug`.',
    EXIT.failed,
  ),
  CLI_MISSING: ofCommand(
    'The `openfn` command that should run the jobs was not found.',
    'Install `@openfn/cli`, or leave out `--engine cli`.',
    EXIT.usage,
  ),
  CONFIG_INVALID: ofCommand(
    'A file of the configuration has a mistake. The text names the file and the line.',
    'Correct it there. [config/README.md](../config/README.md) says what each file holds.',
    EXIT.usage,
  ),
  CREDENTIALS_INVALID: ofCommand(
    'A key in the credentials file is wrong or missing, or the file is not JSON. The text names the key.',
    'Correct the credentials file.',
    EXIT.usage,
  ),
  CREDENTIALS_MISSING: ofCommand(
    'No credentials file was named, or it cannot be read.',
    'Pass `--credentials FILE`, or set `PRIMERO_ONA_CREDENTIALS`.',
    EXIT.usage,
  ),
  CREDENTIAL_MISSING: ofCommand(
    'A step of the workflow needs a credential that the credentials file lacks.',
    'Add a credential of that name to the file.',
    EXIT.failed,
  ),
  FAILED: ofCommand(
    'A batch failed with an error that the sync does not know.',
    'Run again with `--debug`, and report what it prints.',
    EXIT.failed,
  ),
  FIGURES_MISSING: ofCommand(
    'No census has been completed yet, so no figures are kept.',
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
    'Ctrl-C, or the end of the service, stopped the sync between two steps. If another inbox runs the batches, they continue; only the command stopped watching.',
    'Nothing. The next `sync` continues from there, or begins anew with `--take-over`.',
    EXIT.interrupted,
  ),
  JOB_NOT_BUILT: ofCommand('The code of a job was not built.', 'Run `npm run build`.', EXIT.failed),
  LOCAL_DATABASE_OPEN: ofCommand(
    'Another command is using the local database.',
    'Wait until it ends, or stop it.',
    EXIT.failed,
  ),
  MESSAGE_FILE_UNREADABLE: ofCommand(
    'A message file does not exist, or does not have the form `{"data": MESSAGE}`.',
    'Name a file of the form `{"data": MESSAGE}`.',
    EXIT.usage,
  ),
  MESSAGE_UNKNOWN: ofCommand(
    'There is no message and no sync with this id.',
    'List the ids with `inbox`.',
    EXIT.usage,
  ),
  MIGRATION_CHANGED: ofCommand(
    'A migration was edited after it had been applied.',
    'Check out the released files again. Put your changes into a new migration.',
    EXIT.failed,
  ),
  NOTHING_DONE: ofCommand(
    'The batch had nothing to do: another sync is under way, or its own sync is over.',
    'Wait or take over, as the text says. `status` shows both syncs.',
    EXIT.failed,
  ),
  NOT_PUBLISHED: ofCommand(
    'The quarter has not been published.',
    'Publish it with `report --publish`.',
    EXIT.failed,
  ),
  OFFICERS_ONLY: ofCommand(
    'The login may not read what only officers may: the list of cases behind a number, or who did what.',
    'Sign in as an officer, with a login of your own: [deploy.md](deploy.md) says how one is made.',
    EXIT.usage,
  ),
  ONA_DATABASE_MISSING: ofCommand(
    'The server has no database of that name.',
    'Correct `ona.database`.',
    EXIT.usage,
  ),
  ONA_DISK_FULL: ofCommand(
    'The disk of ONA is full.',
    'Ask whoever runs the server to free some space. Nothing was written, and what is there is safe.',
    EXIT.failed,
  ),
  ONA_READ_ONLY: ofCommand(
    'Nothing can be written to ONA: the user, the database or the server is read-only.',
    'Run `check`. It shows the statement that changes this.',
    EXIT.failed,
  ),
  ONA_TYPE_WRONG: ofCommand(
    'A column of ONA has a type that the sync cannot write to.',
    'Run `check`. It names the column and shows the statement that changes it.',
    EXIT.failed,
  ),
  ONA_VIEW_MISSING: ofCommand(
    'ONA lacks the views that the report reads.',
    'Run the `migrate` command that the text shows.',
    EXIT.usage,
  ),
  PROJECT_CONDITION: ofCommand(
    "The workflow has a condition that cannot be translated for the platform's project file.",
    'Add its translation to `local/project/split-workflow.ts`.',
    EXIT.failed,
  ),
  QUARTER_UNFINISHED: ofCommand(
    'When the newest complete census began, the quarter was not over yet.',
    'Publish after a complete census that began after the end of the quarter.',
    EXIT.failed,
  ),
  REPORT_NOT_WRITTEN: ofCommand(
    "The report's file cannot be written.",
    'Name another file with `--out`.',
    EXIT.usage,
  ),
  RUNNER_FLAG_MISSING: ofCommand(
    'Node was started without the flag `--experimental-vm-modules`.',
    'Use the npm scripts, or add the flag.',
    EXIT.failed,
  ),
  RUN_ENDED_EARLY: ofCommand(
    'A batch ended without a summary.',
    'Check out `workflow.json` again.',
    EXIT.failed,
  ),
  RUN_TIMEOUT: ofCommand(
    'A run took longer than a run may take.',
    'Run again. If it happens again, make batches smaller (`batchBytes` in the credential "primero").',
    EXIT.failed,
  ),
  SANDBOX_DIFFERS: ofCommand(
    'The local sandbox was made with other options than those given.',
    'Leave the options out, or add `--reset`.',
    EXIT.usage,
  ),
  SANDBOX_MISSING: ofCommand(
    'There is no local sandbox yet.',
    'Make one with `npm start`, or name real servers with `--credentials FILE`.',
    EXIT.usage,
  ),
  SERVER_FAILED: ofCommand(
    'A server of the sandbox did not start. The text says why.',
    'Correct that, and run again.',
    EXIT.failed,
  ),
  STATE_UNREADABLE: ofCommand(
    'A file of the state folder cannot be read, or is not JSON.',
    'Check who owns it, or remove it. Then run again.',
    EXIT.failed,
  ),
  STATE_UNWRITABLE: ofCommand(
    "The state folder, or a folder in it, cannot be created or written to. The text names the operating system's error code.",
    'Check who owns it and whether there is space, or name another folder in `PRIMERO_ONA_STATE`.',
    EXIT.usage,
  ),
  UNEXPECTED: ofCommand(
    'An error that nobody foresaw.',
    'Run again with `--debug`, and report what it prints.',
    EXIT.failed,
  ),
  USAGE: ofCommand(
    'A command or option is unknown, or a value is not possible.',
    'See `--help` of the command.',
    EXIT.usage,
  ),
  WORKFLOW_INVALID: ofCommand(
    '`workflow.json` is not JSON, has no steps, or names a step that does not exist.',
    'Check out the file again.',
    EXIT.failed,
  ),
  WORKFLOW_UNREADABLE: ofCommand(
    'There is no workflow file.',
    'Run from a complete checkout.',
    EXIT.failed,
  ),
} as const satisfies Record<string, Known>;
