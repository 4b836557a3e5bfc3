import { readFileSync } from 'node:fs';
import { inProject } from '../../local/paths.ts';

type Instruction = { name: string; text: string; stage: number };

/** The instructions of the Dockerfile, each with the number of its stage. */
export const instructions = (): Instruction[] => {
  const source = readFileSync(inProject('Dockerfile'), 'utf8');
  let stage = -1;
  return source
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', text = ''] = /^(\w+) (.*)$/.exec(line) ?? [];
      if (name === 'FROM') stage += 1;
      return { name, text, stage };
    });
};
