/** What stands in one measure's tables: texts as people read them. */
export type ReadMeasure = {
  indicator: string;
  measure: string;
  /** Text of each cell, by cut, period and keys. */
  cells: Map<string, string>;
  /** The texts beside some of them: of the quarter before, and of a year before. */
  before: Map<string, string[]>;
  /** Labels of rows, by cut and key. */
  labels: Map<string, string>;
  /** The headline: quarters and what is said of them, the newest that is over first. */
  headline: [quarter: string, text: string][];
  leftOut: string;
};

const NAMED: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
};

/** HTML as text. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&[^;]+;/g, (name) => NAMED[name]!)
    .trim();

const attribute = (html: string, name: string): string | null => {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(html);
  return found ? textOf(found[1]!) : null;
};

/** The rows of a table's body: each as its first tag, and the texts of its cells by tag. */
const rowsOf = (table: string) =>
  [...table.slice(table.indexOf('<tbody>')).matchAll(/(<tr[^>]*>)(.*?)<\/tr>/gs)].map(
    ([, tag, content]) => ({
      tag: tag!,
      heads: [...content!.matchAll(/<th[^>]*>(.*?)<\/th>/gs)].map(([, text]) => textOf(text!)),
      cells: [...content!.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, text]) => textOf(text!)),
    }),
  );

const readMeasure = (indicator: string, section: string): ReadMeasure => {
  const cells = new Map<string, string>();
  const labels = new Map<string, string>();
  const before = new Map<string, string[]>();
  const headline = [
    .../<p class="headline">.*?<\/p>/s
      .exec(section)![0]
      .matchAll(/<(?:strong|b) data-quarter="([^"]+)">(.*?)<\//gs),
  ].map(([, quarter, text]): [string, string] => [quarter!, textOf(text!)]);
  const latest = headline[0]![0];
  for (const [table] of section.matchAll(/<table .*?<\/table>/gs)) {
    const quarters = attribute(table, 'data-quarters')?.split(' ');
    const part = attribute(table, 'data-part');
    for (const { tag, heads, cells: texts } of rowsOf(table)) {
      if (quarters) {
        const province = attribute(tag, 'data-province')!;
        labels.set(`province|${province}`, heads[0]!);
        for (const [n, quarter] of quarters.entries())
          cells.set(`province|${quarter}|${province}|`, texts[n]!);
      } else if (part) {
        const [key1 = '', key2 = ''] = attribute(tag, 'data-value')!.split('|');
        labels.set(`${part}|${key1}`, heads[0]!);
        const cell = `${part}|${latest}|${key1}|${key2}`;
        cells.set(cell, texts[0]!);
        before.set(cell, texts.slice(1, 3));
      } else {
        const cell = `quarter|${attribute(tag, 'data-quarter')}||`;
        cells.set(cell, texts[0]!);
        before.set(cell, texts.slice(1, 3));
      }
    }
  }
  const leftOut = textOf(/<p class="left-out">(.*?)<\/p>/s.exec(section)![1]!);
  return {
    indicator,
    measure: attribute(section, 'data-measure')!,
    cells,
    before,
    labels,
    headline,
    leftOut,
  };
};

/** The page in one language, as people read it. */
export const readPage = (page: string, language: 'en' | 'km') => {
  const main = page.split('<main ').find((each) => each.startsWith(`lang="${language}"`))!;
  const measures = main
    .split('<section aria-labelledby="indicator-')
    .slice(1)
    .flatMap((indicator) =>
      indicator
        .split('<section class="measure"')
        .slice(1)
        .map((section) =>
          readMeasure(attribute(indicator, 'data-indicator')!, `<section${section}`),
        ),
    );
  const [fresh = ''] = /<table class="fresh">.*?<\/table>/s.exec(main) ?? [];
  const [unlabelled = ''] = /<table [^>]*data-unlabelled>.*?<\/table>/s.exec(main) ?? [];
  return {
    measures,
    freshness: rowsOf(fresh),
    unlabelled: unlabelled === '' ? [] : rowsOf(unlabelled),
  };
};
