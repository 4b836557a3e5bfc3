import { inflateRawSync } from 'node:zlib';

/** The files in a zip archive, by the directory at its end. */
const unzip = (archive: Buffer): Map<string, string> => {
  const files = new Map<string, string>();
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = archive.subarray(start, start + archive.readUInt32LE(at + 20));
    const text = archive.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content;
    files.set(archive.toString('utf8', at + 46, at + 46 + name!), text.toString('utf8'));
    at += 46 + name! + extra! + comment!;
  }
  return files;
};

const NAMED: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};
const plain = (xml: string): string =>
  xml.replaceAll(/<[^>]*>/g, '').replaceAll(/&[^;]+;/g, (name) => NAMED[name] ?? name);

/** The number of a column by its letters: A is 0. */
const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1;

/** The sheets of an Excel file, each as rows of texts; a blank cell is ''. */
export const readXlsx = (content: Buffer): string[][][] => {
  const files = unzip(content);
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(
    ([, text]) => plain(text!),
  );
  const sheets = [...files].filter(([name]) => /worksheets\/sheet\d+\.xml$/.test(name)).sort();
  return sheets
    .map(([, xml]) =>
      [...xml.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, row = '']) => {
        const cells: string[] = [];
        for (const [, attributes, value = ''] of row.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
          const [, letters] = /r="([A-Z]+)/.exec(attributes!)!;
          const [, type] = /t="(\w+)"/.exec(attributes!) ?? [];
          const text = plain(value);
          cells[columnOf(letters!)] =
            type === 's' ? shared[Number(text)]! : type === 'b' ? String(text === '1') : text;
        }
        return cells;
      }),
    )
    .map((rows) => {
      const width = Math.max(...rows.map(({ length }) => length));
      return rows.map((row) => Array.from({ length: width }, (_, n) => row[n] ?? ''));
    });
};
