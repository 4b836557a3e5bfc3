import { afterAll, beforeAll } from 'vitest';
import { type Primero, type PrimeroOptions, startPrimero } from '../../../local/primero/index.ts';
import { temporaryFolder } from './run-cli.ts';

/** A sandbox Primero, and the path of a folder for what the command keeps: for all tests of one `describe`. */
export const primeroAndFolder = (options: PrimeroOptions) => {
  let primero: Primero;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    primero = await startPrimero(options);
  });
  afterAll(async () => {
    await primero?.close();
    await folder?.remove();
  });
  return {
    get primero() {
      return primero;
    },
    get folder() {
      return folder.path;
    },
  };
};
