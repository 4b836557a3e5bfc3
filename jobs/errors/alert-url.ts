import type { State } from '../state.ts';
import * as errors from './registry.ts';
import { SyncError } from './sync-error.ts';

/**
 * The address to which reports are posted.
 * @throws {SyncError} CREDENTIAL_INVALID
 */
export const alertUrlOf = ({ configuration: { alertUrl } }: State): string => {
  if (typeof alertUrl === 'string' && alertUrl !== '') return alertUrl;
  throw new SyncError(errors.CREDENTIAL_INVALID, 'The credential "alert" has no "alertUrl".');
};
