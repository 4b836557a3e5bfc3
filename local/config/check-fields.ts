import { CONTRACT, KINDS } from './contract.ts';
import type { CodesConfig, FieldsConfig } from './schemas.ts';
import type { Path } from './source.ts';

type Note = (path: Path, text: string) => void;

const checkColumn = (
  { column, kind, field, filled, blank }: FieldsConfig['cases'][number],
  holds: string,
  note: (key: string, text: string) => void,
): void => {
  const makes = KINDS[kind];
  const fitting = Object.keys(KINDS).filter((each) => KINDS[each] === holds);
  if (makes !== holds)
    note('kind', `kind "${kind}" does not fit column ${column}: use ${fitting.join(', ')}`);
  if (column === 'case_id' && (kind !== 'id' || field === undefined))
    note('column', 'case_id must come from a field, by kind "id"');
  if ((kind === 'filled') !== (filled !== undefined && blank !== undefined))
    note('column', `column ${column}: "filled" and "blank" belong to kind "filled", both of them`);
};

/** Says where the mapped columns differ from ONA's, and which kinds do not fit. */
export const checkFields = (fields: FieldsConfig, codes: CodesConfig | null, note: Note): void => {
  for (const table of ['cases', 'services'] as const) {
    const wanted = Object.entries(CONTRACT[table]);
    const found = fields[table];
    wanted.forEach(([column, holds], index) => {
      const mapped = found[index];
      if (mapped?.column !== column)
        note(
          [table, index],
          `column ${column} of ${table} must stand here, as ONA has them in this order`,
        );
      else checkColumn(mapped, holds, (key, text) => note([table, index, key], text));
    });
    if (found.length > wanted.length)
      note([table, wanted.length], `ONA has no further column in ${table}`);
    found.forEach(({ kind, field }, index) => {
      const isCoded = kind === 'label' || kind === 'labels';
      if (codes && isCoded && field !== undefined && !(field in codes))
        note([table, index, 'field'], `codes.json has no labels of field ${field}`);
    });
  }
};

/** Names of the mapped fields of a case. */
export const mappedFields = ({ cases }: FieldsConfig): Set<string> =>
  new Set(cases.flatMap(({ field }) => field ?? []));

/** Fields whose codes have labels in a column. */
export const codedFields = ({ cases, services }: FieldsConfig): Set<string> =>
  new Set(
    [...cases, ...services]
      .filter(({ kind }) => kind === 'label' || kind === 'labels')
      .flatMap(({ field }) => field ?? []),
  );
