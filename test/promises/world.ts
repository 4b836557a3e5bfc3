import type { Primero, PrimeroOptions } from '../../local/primero/index.ts';
import type { Synced } from '../support/census.ts';
import { putChild, REINTEGRATION } from '../support/children.ts';
import type { TestOna } from '../support/ona.ts';
import { testPrimero } from '../support/primero.ts';

/** A sandbox Primero with so many children, each with a service of its own; every third counts for both indicators. */
export const startWith = async (
  children: number,
  options: PrimeroOptions = {},
): Promise<Primero> => {
  const primero = await testPrimero(options);
  for (let number = 0; number < children; number += 1)
    putChild(primero, number, {
      ...(number % 3 === 0 && { type_of_case: REINTEGRATION }),
      services_section: [{ unique_id: `service-${number}`, service_type: 'x' }],
    });
  return primero;
};

/** How many children ONA holds. */
export const heldIn = async (ona: Pick<TestOna, 'query'>): Promise<number> =>
  (await ona.query('SELECT count(*)::integer AS n FROM cases')).rows[0]!.n;

/** Sums of what the batches of a sync did. */
export const totalOf = ({ summaries }: Synced) => {
  const sum = (of: (summary: NonNullable<(typeof summaries)[0]>) => number) =>
    summaries.reduce((all, each) => all + (each ? of(each) : 0), 0);
  return {
    read: sum(({ all }) => all.read),
    inSeveral: sum(({ all }) => all.inSeveral),
    new: sum(({ all }) => all.new),
    changed: sum(({ all }) => all.changed),
    unchanged: sum(({ all }) => all.unchanged),
    rejected: sum(({ all }) => all.rejected),
    left: sum(({ left }) => left),
    removed: sum(({ removed }) => removed),
    services: sum(({ services }) => services.written + services.removed),
  };
};
