import writeExcelFile from 'write-excel-file/node';
import type { Value } from './sheet.ts';

/** Two sheets as an Excel file: the table, and what its numbers are. */
export const toXlsx = async (
  columns: readonly string[],
  rows: readonly Value[][],
  about: readonly Value[][],
): Promise<Buffer> => {
  const head = columns.map((value) => ({ value, fontWeight: 'bold' as const }));
  const numbers = { sheet: 'Numbers', data: [head, ...rows], stickyRowsCount: 1 };
  const definitions = { sheet: 'About', data: about.map((row) => [...row]) };
  return (await writeExcelFile([numbers, definitions]).toBuffer()) as Buffer;
};
