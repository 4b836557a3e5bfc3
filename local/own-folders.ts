import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { IS_INSTALLED, inProject } from './paths.ts';

const NAME = 'primero-ona-sync';

type Places = { platform: NodeJS.Platform; env: NodeJS.ProcessEnv; home: string };

const HERE: Places = { platform: process.platform, env: process.env, home: homedir() };

/**
 * Where the operating system wants a program to keep its own files, for one user.
 * @returns absolute paths: `state` of what runs keep, `config` of what people write
 */
export const osFolders = ({ platform, env, home }: Places = HERE) => {
  if (platform === 'win32') {
    const local = env.LOCALAPPDATA || join(home, 'AppData', 'Local');
    return { state: join(local, NAME, 'state'), config: join(local, NAME) };
  }
  if (platform === 'darwin') {
    const support = join(home, 'Library', 'Application Support', NAME);
    return { state: join(support, 'state'), config: support };
  }
  return {
    state: join(env.XDG_STATE_HOME || join(home, '.local', 'state'), NAME),
    config: join(env.XDG_CONFIG_HOME || join(home, '.config'), NAME),
  };
};

/** Where runs keep what they need, unless a folder is named: in a clone beside it, else where the operating system wants it. */
export const ownState = (): string =>
  IS_INSTALLED ? osFolders().state : inProject('state', 'local');

/** The credentials file that is read if none is named and this one exists. There is none in a clone, where it might be committed. */
export const ownCredentials = (isInstalled = IS_INSTALLED): string | undefined => {
  const file = join(osFolders().config, 'credentials.json');
  return isInstalled && existsSync(file) ? file : undefined;
};
