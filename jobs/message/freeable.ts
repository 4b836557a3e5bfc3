/** A record or service whose id another child has. */
export interface Waiting {
  child: string;
  scope: 'case' | 'service';
  /** Who has the id; null if nobody has it any more. */
  holder: string | null;
  /** Whether that child is about to be removed. */
  isGoing: boolean;
}

/** Children to ask about again, because the id that one of them wants is free or may become free. */
export interface Freeable {
  /** At once. */
  now: string[];
  /** Together with the batch that removes the child that has the id. */
  withRemovals: string[];
}

/**
 * Children who can get the id that they want: nobody has it, or its holder is removed, or wants another id itself. So each holder's
 * own wish is followed. Children who want each other's ids in a circle free them all. A child that wants the id of one that stays is
 * not asked about: it would be a reject again.
 */
export const freeable = (waiting: readonly Waiting[]): Freeable => {
  const wants = new Map(
    waiting.filter(({ scope }) => scope === 'case').map((each) => [each.child, each]),
  );
  const now = new Set<string>();
  const withRemovals = new Set<string>();
  for (const first of waiting) {
    const chain = new Set([first.child]);
    let at: Waiting | undefined = first;
    while (at?.holder && !at.isGoing && !chain.has(at.holder)) {
      chain.add(at.holder);
      at = wants.get(at.holder);
    }
    if (!at) continue;
    const target = at.isGoing ? withRemovals : now;
    for (const child of chain) target.add(child);
  }
  return { now: [...now], withRemovals: [...withRemovals].filter((child) => !now.has(child)) };
};
