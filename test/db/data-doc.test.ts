import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { inProject } from '../../local/paths.ts';
import { describeBoth } from '../support/ona.ts';

/** Views that share columns, by the heading that these stand under. */
const SHARED = {
  'Columns of the detailed views': [
    'indicator_4_8',
    'indicator_4_11a',
    'indicator_4_11a_served',
    'indicator_4_11a_services',
    'indicator_rows',
  ],
  'Columns of the summaries': [
    'indicator_summary',
    'indicator_4_8_summary',
    'indicator_4_11a_summary',
    'indicator_4_11a_served_summary',
  ],
};

/** Columns that docs/data.md names under the heading of each view. */
const documented = async (): Promise<Map<string, string[]>> => {
  const text = await readFile(inProject('docs', 'data.md'), 'utf8');
  const sections = text.split(/^#{2,3} /m).map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    const columns = lines.flatMap((line) => /^\| `(\w+)` \|/.exec(line)?.[1] ?? []);
    return [heading.replaceAll('`', ''), columns] as const;
  });
  const byHeading = new Map(sections);
  for (const [heading, views] of Object.entries(SHARED))
    for (const view of views)
      byHeading.set(view, [...byHeading.get(heading)!, ...(byHeading.get(view) ?? [])]);
  return byHeading;
};

describeBoth('docs/data.md', (ona) => {
  test('defines every column of every view, and none that is not there', async () => {
    const { rows } = await ona.query<{ view: string; columns: string[] }>(`
      SELECT c.table_name AS view, json_agg(c.column_name) AS columns
      FROM information_schema.columns c JOIN information_schema.views v USING (table_schema, table_name)
      WHERE table_schema = 'public' AND c.table_name !~ '_(labels|provinces|districts)$'
      GROUP BY c.table_name`);
    expect(rows).toHaveLength(15);
    const defined = await documented();
    for (const { view, columns } of rows)
      expect([...(defined.get(view) ?? [])].sort(), view).toEqual(columns.sort());
  });
});
