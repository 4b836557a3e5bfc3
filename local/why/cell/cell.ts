import { toQuarter } from '../../figures/publish.ts';
import { UserError } from '../../user-error.ts';

/** A province with its names; a name is null where there is none. Its code is '' where none is recorded. */
export type Province = { code: string; en: string | null; km: string | null };

/** Which number is asked for. */
export type Asked = { indicator: string; quarter: string; province: string | null };

/** Where no province is recorded. */
const UNKNOWN: Province = { code: '', en: 'unknown', km: null };

/**
 * Reads what stands after --cell: indicator, quarter, and perhaps a province of one or more words.
 * @throws {UserError} USAGE
 */
export const toAsked = ([indicator, quarter, ...province]: readonly string[]): Asked => {
  if (indicator === undefined || quarter === undefined)
    throw new UserError(
      'USAGE',
      '--cell needs an indicator and a quarter',
      'write it such as --cell 4.8 2026-Q4 Kratie',
    );
  const name = province.join(' ');
  return { indicator, quarter: toQuarter(quarter), province: name === '' ? null : name };
};

/** One text for all ways of writing the same name. */
const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase();

/** A province for people, such as `Kratie (10)`. */
export const sayProvince = ({ code, en }: Province): string =>
  code === '' ? 'no province recorded' : `${en ?? 'without a name'} (${code})`;

/**
 * The province that a person means, by code or name, English or Khmer.
 * @throws {UserError} USAGE, which lists the provinces that there are
 */
export const findProvince = (text: string, provinces: readonly Province[]): Province => {
  const found = [...provinces, UNKNOWN].find(({ code, en, km }) =>
    [code, en, km].some((each) => each && plain(each) === plain(text)),
  );
  if (found) return found;
  const known = provinces.map(({ code, en }) => `${code} ${en ?? ''}`.trim()).join(', ');
  throw new UserError('USAGE', `"${text}" is no province`, `take one of ${known}, or unknown`);
};
