/** A child that wants an id: a case_id, or the unique_id of one of its services. */
export interface Claim {
  child: string;
  id: string;
  /** Whether the child counts for an indicator. */
  counts: boolean;
  /** When the child was created: of two new children the older one gets the id. */
  created: string;
}

/** Who has an id in ONA; nobody if an earlier integration left it. */
export interface Held {
  id: string;
  child: string | null;
  counts: boolean;
}

/** Who gets the ids of a batch. */
export interface Settlement {
  /** Claims that are refused: ONA keeps what it holds of these children. */
  refused: Set<Claim>;
  /** Holders who lose an id, because they count for nothing and another child that wants it counts. */
  displaced: Held[];
}

interface Contender extends Claim {
  holds: boolean;
  claim: Claim | null;
}

const compare = (a: Contender, b: Contender): number => {
  // A child that counts comes first; among equals the holder; then the older child.
  if (a.counts !== b.counts) return a.counts ? -1 : 1;
  if (a.holds !== b.holds) return a.holds ? -1 : 1;
  if (a.created !== b.created) return a.created < b.created ? -1 : 1;
  return a.child < b.child ? -1 : 1;
};

/**
 * Decides who gets an id that several want. All children of a batch first give up their old ids, so two children who
 * swapped ids can swap them here. A child whose claim is refused keeps its old id, which may in turn refuse another claim. So this is repeated until nothing changes.
 *
 * @param claims of the batch, at most one for each child and id
 * @param held who has these ids now, if it is not the claimant; and the ids that claimants have now
 * @param letsGo whether a holder that is in the batch gives up the id, if none of its own claims is refused
 * @example <caption>Two children who swapped their ids</caption>
 * settle([{ child: 'a', id: '2' }, { child: 'b', id: '1' }], [{ id: '1', child: 'a' }, { id: '2', child: 'b' }], letsGo)
 * // nobody is refused
 */
export const settle = (
  claims: readonly Claim[],
  held: readonly Held[],
  letsGo: (child: string, id: string, refused: ReadonlySet<Claim>) => boolean,
): Settlement => {
  const holders = new Map(held.map((each) => [each.id, each]));
  const countsNow = new Map(claims.map(({ child, counts }) => [child, counts]));
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const group = groups.get(claim.id);
    if (group) group.push(claim);
    else groups.set(claim.id, [claim]);
  }
  const contested = [...groups].filter(([id, group]) => group.length > 1 || holders.has(id));
  const refused = new Set<Claim>();
  const displaced = new Map<string, Held>();
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const [id, group] of contested) {
      const holder = holders.get(id);
      const standing = group.filter((claim) => !refused.has(claim));
      const contenders: Contender[] = standing.map((claim) => {
        return { ...claim, holds: holder?.child === claim.child, claim };
      });
      const isThere = holder?.child && !displaced.has(id) && !contenders.some(({ holds }) => holds);
      if (isThere && !letsGo(holder.child!, id, refused))
        contenders.push({
          child: holder.child!,
          id,
          counts: countsNow.get(holder.child!) ?? holder.counts,
          created: '',
          holds: true,
          claim: null,
        });
      contenders.sort(compare);
      for (const { claim, holds } of contenders.slice(1)) {
        if (holds && holder && !displaced.has(id)) displaced.set(id, holder);
        if (!claim || refused.has(claim)) continue;
        refused.add(claim);
        isStable = false;
      }
    }
  }
  return { refused, displaced: [...displaced.values()] };
};
