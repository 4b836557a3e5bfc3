import { cpus, loadavg, totalmem } from 'node:os';
import { serverVersion } from './servers/database.ts';

/** What the figures were taken on: nothing that names the machine. */
export const describeMachine = async () => ({
  date: new Date().toISOString().slice(0, 10),
  cores: cpus().length,
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  memoryGb: Math.round(totalmem() / 1e9),
  load: Math.round(loadavg()[0]! * 10) / 10,
  node: process.versions.node,
  postgresql: await serverVersion(),
});
