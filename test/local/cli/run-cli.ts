import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../local/cli/main.ts';
import { inProject } from '../../../local/paths.ts';

export type Ended = { code: number | null; stdout: string; stderr: string };

export type Running = { process: ChildProcess; ended: Promise<Ended>; output(): string };

/**
 * Runs the command in this process, with a state folder of its own. Not two at a time: the folder
 * goes through the environment.
 */
export const callCli = async (args: string[], state: string): Promise<Ended> => {
  const { PRIMERO_ONA_CREDENTIALS: _, ...before } = process.env;
  delete process.env.PRIMERO_ONA_CREDENTIALS;
  process.env.PRIMERO_ONA_STATE = state;
  let stdout = '';
  let stderr = '';
  const out = {
    write: (text: string) => {
      stdout += text;
    },
  };
  const err = {
    write: (text: string) => {
      stderr += text;
    },
  };
  try {
    return { code: await main(args, { out, err }), stdout, stderr };
  } finally {
    delete process.env.PRIMERO_ONA_STATE;
    Object.assign(process.env, before);
  }
};

/** What a process writes, and how it ends. */
export const follow = (process: ChildProcess): Running => {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    process[name]!.on('data', (chunk) => {
      said[name] += chunk;
    });
  const ended = new Promise<Ended>((resolve) =>
    process.on('close', (code) => resolve({ code, ...said })),
  );
  return { process, ended, output: () => said.stdout + said.stderr };
};

/** Starts the built command with a state folder of its own. */
export const startCli = (args: string[], state: string): Running => {
  const { PRIMERO_ONA_CREDENTIALS: _, ...clean } = process.env;
  const command = [inProject('dist', 'local', 'cli.js'), ...args];
  return follow(
    spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...command], {
      env: { ...clean, PRIMERO_ONA_STATE: state },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
};

/** Waits until the output matches; fails when the command ends first. */
export const untilOutput = async (running: Running, pattern: RegExp): Promise<void> => {
  let over = false;
  void running.ended.then(() => {
    over = true;
  });
  while (!pattern.test(running.output())) {
    if (over) throw new Error(`ended without ${pattern}:\n${running.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** A temporary folder, and how to remove it. */
export const temporaryFolder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'primero-ona-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};
