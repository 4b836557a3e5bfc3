import type { OnaCredential, PrimeroCredential } from '../../local/credentials/schema.ts';
import type { StepResult } from '../../local/runner/index.ts';
import { startChild } from '../servers/child.ts';
import { openInbox } from './inbox.ts';

/** One run, as it went. */
export interface Run {
  ms: number;
  /** CPU time of its process so far. */
  cpuMs: number;
  steps: StepResult[];
  /** Why it failed; null where it did not. */
  error: string | null;
  /** What job 2 says of the batch. */
  summary?: { state: string; all: Record<'new' | 'changed' | 'unchanged' | 'rejected', number> };
}

/** Children that a batch brought. */
export const childrenOf = ({ summary }: Run): number => {
  const { new: fresh, changed, unchanged, rejected } = summary!.all;
  return fresh + changed + unchanged + rejected;
};

export interface Connections {
  primero: PrimeroCredential;
  ona: OnaCredential;
}

/** The workflow, run by some processes, and the inbox that its jobs post to. */
export const openRunners = async (connections: Connections, count = 1) => {
  const inbox = await openInbox();
  const task = { credentials: { ...connections, inbox: inbox.credential } };
  const flags = ['--experimental-vm-modules'];
  const children = await Promise.all(
    Array.from({ length: count }, () => startChild('runner-process', task, flags)),
  );
  return {
    waiting: inbox.waiting,
    /** A run from a job on, for each process. */
    runners: children.map(({ ask }) => (start: string, data: unknown) => {
      return ask<Run>({ start, data });
    }),
    close: async () => {
      for (const child of children) await child.stop();
      inbox.close();
    },
  };
};
