import type { Client } from 'pg';
import { explain, readChanges, readRestReason, readVersions } from '../figures/changes.ts';
import type { Figure } from '../figures/figure.ts';
import { type ShownFigure, toShownTogether } from '../figures/safe.ts';
import { readSql } from '../ona/read-sql.ts';
import type { Definition, Published } from './data.ts';
import { NONE } from './series.ts';

/** Pairs of indicators of which the first counts children of the second only. */
export const among = (definitions: readonly Definition[]): [string, string][] =>
  definitions.flatMap((inner) =>
    definitions
      .filter(
        (outer) =>
          inner.also === outer.name &&
          (inner.needsConsent || !outer.needsConsent) &&
          !outer.byPlacement,
      )
      .map((outer): [string, string] => [inner.code, outer.code]),
  );

type Versions = { figures: ShownFigure[]; published: Published[] };

/** The total of a quarter, if any child is in it. */
const totalOf = <Of extends Omit<Figure, 'children'>>(
  figures: readonly Of[],
  { indicator, measure, quarter }: Pick<Published, 'indicator' | 'measure' | 'quarter'>,
): Of | undefined =>
  figures.find(
    (each) =>
      each.cut === 'quarter' &&
      each.period === quarter &&
      each.indicator === indicator &&
      each.measure === measure,
  );

/** What a census kept. */
export const readKept = async (client: Client, syncId: string): Promise<Figure[]> =>
  (await client.query<Figure>(await readSql('local/figures/sql/of-version.sql'), [syncId])).rows;

/** Figures of now and of published versions, all of them safe to be shown together. */
export const readVersionsOf = async (
  client: Client,
  now: readonly Figure[],
  definitions: readonly Definition[],
): Promise<Versions> => {
  const restReason = await readRestReason(client);
  const versions = [];
  for (const version of await readVersions(client)) {
    const { quarter } = version;
    const noted = await readChanges(client, version);
    const figures = await readKept(client, version.syncId);
    const changesOf = (cell: Pick<Published, 'indicator' | 'measure'>) => {
      const children = (of: readonly Figure[]) => totalOf(of, { ...cell, quarter })?.children ?? 0;
      return explain(
        { ...cell, published: children(figures), now: children(now) },
        noted,
        restReason,
      );
    };
    const isUnchanged = (total: Figure) => changesOf(total).length === 0;
    versions.push({ ...version, figures, changesOf, isUnchanged });
  }
  const shown = toShownTogether(now, versions, among(definitions));
  const published = new Map<string, Published>();
  versions.forEach(({ quarter, publishedAt, changesOf }, n) => {
    for (const { code: indicator, measures } of definitions)
      for (const measure of measures) {
        const own = { indicator, measure, quarter, publishedAt };
        published.set(`${indicator} ${measure} ${quarter}`, {
          ...own,
          shown: totalOf(shown.versions[n]!, own)?.shown ?? NONE,
          reasons: changesOf(own).map(({ reason }) => reason),
        });
      }
  });
  return { figures: shown.now, published: [...published.values()] };
};
