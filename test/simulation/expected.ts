import {
  CASE_COLUMNS,
  type Column,
  IDENTITY_COLUMNS,
  SERVICE_COLUMNS,
} from '../../jobs/mapping/columns.ts';
import { type Gazetteer, type LocationRow, toGazetteer } from '../../jobs/mapping/locations.ts';
import { type MappedCase, mapCase, type Row } from '../../jobs/mapping/record.ts';
import { LONGEST_PLACE, type Ona } from './ona.ts';
import type { Fields } from './says.ts';

/** Maps records as the sync has to. */
export class Mapping {
  readonly #gazetteer: Gazetteer;

  constructor(gazetteer: Gazetteer) {
    this.#gazetteer = gazetteer;
  }

  static async of(ona: Ona): Promise<Mapping> {
    const rows: LocationRow[] = await ona.query(
      'SELECT code, district, province, province_code FROM locations_lookup',
    );
    return new Mapping(toGazetteer(rows));
  }

  /** What ONA should hold of a record. Its row is null where it cannot be loaded. */
  map(record: Fields): MappedCase {
    const mapped = mapCase(record, { gazetteer: this.#gazetteer, onUnmapped: () => {} });
    const place = mapped.row?.location_code;
    if (typeof place === 'string' && place.length > LONGEST_PLACE) return { ...mapped, row: null };
    return mapped;
  }
}

const asTime = (value: unknown): number | null => {
  if (value === null) return null;
  const text = String(value);
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
};

const isEqual = (type: Column['type'], a: unknown, b: unknown): boolean =>
  type === 'timestamptz' ? asTime(a) === asTime(b) : (a ?? null) === (b ?? null);

const differences = (
  columns: readonly Column[],
  row: Row,
  held: Record<string, unknown>,
): string[] =>
  columns.filter(({ name, type }) => !isEqual(type, row[name], held[name])).map(({ name }) => name);

/** Columns in which a row of cases differs from what it should be. */
export const caseDifferences = (row: Row, held: Record<string, unknown>): string[] =>
  differences([...IDENTITY_COLUMNS, ...CASE_COLUMNS], row, held);

/** Columns in which a row of services differs from what it should be. */
export const serviceDifferences = (row: Row, held: Record<string, unknown>): string[] =>
  differences(SERVICE_COLUMNS, row, held);
