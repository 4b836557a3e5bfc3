import { EXIT, type ExitCode } from '../../exit.ts';
import { toAsked } from '../../why/cell/cell.ts';
import { readCell } from '../../why/cell/read-cell.ts';
import { sayCell } from '../../why/cell/say-cell.ts';
import type { Terminal } from '../terminal.ts';
import { type TargetOptions, withTargetOna } from './target.ts';

export type CellOptions = TargetOptions & { json?: boolean; cell: string[]; cases?: boolean };

/** Says what is behind a number. Returns the exit code. */
export const whyCell = async (options: CellOptions, { out }: Terminal): Promise<ExitCode> => {
  const { json, cell: parts, cases } = options;
  const asked = toAsked(parts);
  const cell = await withTargetOna(options, 'why', (ona, file) =>
    readCell(ona, asked, { cases, file }),
  );
  const { provinces: _, ...document } = cell;
  out.write(json ? `${JSON.stringify(document)}\n` : `${sayCell(cell).join('\n')}\n`);
  return EXIT.complete;
};
