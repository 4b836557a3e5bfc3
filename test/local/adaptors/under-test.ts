import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'vitest';
import type * as Postgresql from '../../../local/adaptors/postgresql/index.ts';
import type * as Primero from '../../../local/adaptors/primero/index.ts';
import manifestOfProject from '../../../package.json' with { type: 'json' };

type Adaptors = { primero: typeof Primero; postgresql: typeof Postgresql };

/** A folder where the official packages are installed; then they are tested in place of the drop-ins. */
const folder = process.env.OFFICIAL_ADAPTORS;

const isOfficial = folder !== undefined;

const versions: Record<string, string> = manifestOfProject.peerDependencies;

/** The CLI installs a package under a name that holds its version. */
const packageNames = (name: string): string[] => {
  const plain = `@openfn/language-${name}`;
  return [plain, `${plain}_${versions[plain]}`];
};

/** The drop-in from its source, or the official package. */
export const underTest = async <Name extends keyof Adaptors>(
  name: Name,
): Promise<Adaptors[Name]> => {
  if (folder === undefined) return import(`../../../local/adaptors/${name}/index.ts`);
  const require = createRequire(join(folder, 'package.json'));
  const manifest = packageNames(name)
    .map((each) => {
      try {
        return require.resolve(`${each}/package.json`);
      } catch {
        return null;
      }
    })
    .find((found) => found !== null);
  if (!manifest) throw new Error(`${folder} has no @openfn/language-${name}`);
  const { exports } = require(manifest);
  return import(join(manifest, '..', exports['.'].import));
};

/**
 * A test of what the drop-in does on purpose and the official package (primero 4.1.2, postgresql 8.1.2) does not:
 * there a lost connection, or an answer of 200 that is no list, ends the process; a failing job does not wait
 * for its rollback; jobs share one client; an error is printed whole.
 */
export const oursAlone = test.skipIf(isOfficial);
