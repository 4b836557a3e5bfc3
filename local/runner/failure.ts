import { UserError } from '../user-error.ts';
import type { Failure } from './types.ts';

/** Fields of Node's and PostgreSQL's errors that name things and hold no values. */
const PLAIN = ['code', 'errno', 'syscall', 'severity', 'schema', 'table', 'column', 'constraint'];

const plainDetails = (error: Record<string, unknown>) => {
  const nested = typeof error.details === 'object' ? error.details : null;
  const source: Record<string, unknown> = { ...nested, ...(nested ? {} : error) };
  const entries = PLAIN.flatMap((key) => {
    const value = source[key];
    return typeof value === 'string' || typeof value === 'number' ? [[key, value] as const] : [];
  });
  // The runtime's own severity (fail, crash, kill) says nothing more than the message.
  return Object.fromEntries(entries.filter(([key]) => nested || key !== 'severity'));
};

/** An error as the result of a run has it. */
export const toFailure = (step: string | null, error: unknown): Failure => {
  if (error instanceof UserError) return { step, code: error.code, message: error.message };
  const fields = Object(error) as Record<string, unknown>;
  const message = String(fields.message ?? error) || String(fields.name ?? 'unknown error');
  const code = /^([A-Z][A-Z0-9_]+):/.exec(message)?.[1] ?? null;
  const details = plainDetails(fields);
  return { step, code, message, ...(Object.keys(details).length > 0 && { details }) };
};
