import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeReport } from '../../../local/report/write-report.ts';
import { addChildren } from '../../db/children.ts';
import { drawnChildren } from '../../db/drawn-children.ts';
import { recountFigures, rounded } from '../../db/recount.ts';
import { describeOna } from '../../support/ona.ts';
import { temporaryFolder } from '../cli/run-cli.ts';

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

describeOna('the page and the spreadsheets', (ona) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder?.remove());

  test('show what an independent recount finds, rounded, in each language; hidden are few', async () => {
    const children = drawnChildren(3000, 7);
    await addChildren(ona, children);
    const of = (name: string) => join(folder.path, name);
    const names = {
      folder: folder.path,
      html: of('page.html'),
      csv: of('numbers.csv'),
      xlsx: of('numbers.xlsx'),
    };
    await writeReport(ona.credentials, names);

    const figures = recountFigures(children);
    const rows = parse(await readFile(names.csv, 'utf8'), { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    expect(rows).toHaveLength(figures.length);
    const byCell = new Map(
      rows.map((row) => [
        [row.indicator, row.measure, row.cut, row.period, row.key1, row.key2].join('|'),
        row.children_shown!.replaceAll(',', ''),
      ]),
    );
    let hidden = 0;
    for (const { indicator, measure, cut, period, key1, key2, children: count } of figures) {
      const cell = [indicator, measure, cut, period, key1, key2].join('|');
      const text = byCell.get(cell);
      if (text === '…') hidden += 1;
      else expect(text, cell).toBe(rounded(count));
    }
    expect(hidden / figures.length).toBeLessThan(0.05);

    const page = await readFile(names.html, 'utf8');
    for (const language of ['en', 'km']) {
      const main = page.split('<main ').find((part) => part.startsWith(`lang="${language}"`))!;
      for (const measure of main.split('<section class="measure"').slice(1)) {
        const [, name] = /data-measure="(\w+)"/.exec(measure)!;
        const indicator = measure.includes(`id="4-8-`) ? '4.8' : '4.11a';
        const [, table] = /<table class="part series">(.*?)<\/table>/s.exec(measure)!;
        const shown = [...table!.matchAll(/data-quarter="([^"]+)".*?<td[^>]*>([^<]+)<\/td>/gs)];
        expect(shown.length).toBeGreaterThan(5);
        for (const [, quarter, text] of shown)
          expect(text!.replaceAll(',', '').replace('&lt;', '<'), `${indicator} ${quarter}`).toBe(
            byCell.get([indicator, name, 'quarter', quarter, '', ''].join('|')),
          );
      }
    }

    const files = unzip(await readFile(names.xlsx));
    const texts = [...files.values()].join('');
    for (const text of ['Numbers', 'About', 'Primero is one of the sources', '&lt;5', 'ក្រចេះ'])
      expect(texts).toContain(text);
    const sheet = [...files].find(([name]) => name.endsWith('sheet1.xml'))![1];
    expect(sheet.match(/<row/g)).toHaveLength(rows.length + 1);
  });
});
