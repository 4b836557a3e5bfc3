import { changeByHand, leaveRows } from './by-hand.ts';
import type { Played } from './chain.ts';
import { CHANGE_KINDS } from './changes.ts';
import { tamper } from './hostile.ts';
import { FAULT_KINDS } from './misbehaviour.ts';
import type { Kind } from './plan.ts';
import { idsOf, type Scene } from './scene.ts';

/** Something in Primero changes, of the kinds that the history has. */
export const change = ({ has, draw, played, count, changes }: Scene): void => {
  const kind = draw.pick(CHANGE_KINDS.filter(has));
  played.add(kind);
  count(`change: ${kind}`);
  changes.play(kind);
};

/** Many cases go at once, by right. */
export const purge = ({ primero, draw, played, say, changes, stage }: Scene): void => {
  const every = draw.pick([3, 8, 15]);
  played.add('purge');
  say(`every ${every}th case is disabled or deleted`);
  for (const index of changes.indexes()) {
    if (index % every !== 0) continue;
    stage.now += 1;
    if (draw.chance(0.5)) primero.store.deleteForGood(index);
    else primero.store.disable(index, stage.now);
    changes.touched.set(index, stage.now);
  }
};

/** An earlier integration has left rows of children whom Primero has, and of one whom it has not. */
export const leaveOldRows = async ({ primero, ona, played, say }: Scene): Promise<void> => {
  const { store } = primero;
  const ids = [0, 1, 2].map((index) => String(store.field(index, 'case_id_display')));
  const services = store.field(3, 'services_section') as { unique_id?: string }[] | undefined;
  await leaveRows(ona, [...ids, 'left-behind'], services?.[0]?.unique_id ?? 'none');
  played.add('legacy');
  say('an earlier integration left four rows and two services');
};

export const byHand = async ({ ona, draw, played, count, say, observer }: Scene): Promise<void> => {
  const said = await changeByHand(ona, draw);
  if (said === null) return;
  played.add('hand');
  count('by hand');
  say(said);
  await observer.changedByHand();
};

/** A person, or the cron, starts a sync. */
export const initiate = async (scene: Scene, isFirst: boolean): Promise<void> => {
  const { draw, stage, has, say, count, chain } = scene;
  const ids = idsOf(scene);
  const since = new Date(stage.now - draw.int(9) * 3_600_000).toISOString().replace(/\.\d+/, '');
  const ask = [...new Set([draw.pick(ids), draw.pick(ids), draw.pick(ids)])];
  const takeOver = true;
  const inputs: [Kind, object][] = [
    ['edits', { takeOver }],
    ['edits', { unlessCompleteSince: '2000-01-01T00:00:00Z' }],
    ['parts', { takeOver, parts: 2 + draw.int(2) }],
    ['parts', { takeOver, parts: 3 }],
    ['changes', { changedSince: since }],
    ['range', { from: '2024-10-01T00:00:00Z', to: '2026-01-01T00:00:00Z', takeOver }],
    ['ask', { from: null, ask, takeOver }],
    ['dry', { dryRun: true }],
    ['purge', { takeOver, acceptRemovals: 1000 }],
  ];
  const censuses: readonly Kind[] = ['edits', 'parts'];
  const [, input] = draw.pick(
    inputs.filter(([kind]) => has(kind) && (!isFirst || censuses.includes(kind))),
  );
  say(`a sync starts: ${JSON.stringify(input)}`);
  count(`starts: ${Object.keys(input)}`);
  await chain.initiate(input);
};

/** Where a run ends for good, or loses ONA, in place of its next turn; null where it simply goes on. */
export const endRun = (
  { draw, has, say, count, chain, played: kinds }: Scene,
  played: Played,
): Promise<boolean> | null => {
  const { pending, id } = played.run;
  const isSql = pending?.kind === 'sql';
  const odds = isSql && pending.text === 'COMMIT' ? 0.2 : 0.003;
  const [isKilled, isCut, late] = [draw.chance(odds), draw.chance(odds), draw.chance(0.5)];
  const where = `${late ? 'after' : 'before'} ${pending?.text.slice(0, 40).replaceAll('\n', ' ')}`;
  if (has('kills') && isKilled) {
    say(`run ${id} is killed ${where}`);
    count(`killed in job ${played.job}`);
    return chain.kill(played, late);
  }
  if (!has('cuts') || !isCut || !isSql) return null;
  const code = draw.pick(['ECONNRESET', '57P01', '40P01', '08006']);
  kinds.add('cuts');
  say(`run ${id} loses ONA (${code}) ${where}`);
  count('the connection to ONA breaks');
  return chain.cut(played, late, code);
};

/** Messages come again, are lost or are somebody else's. */
const disturbInbox = (scene: Scene): void => {
  const { draw, has, played, count, say, chain } = scene;
  const { posted, inbox, active } = chain;
  if (has('posts') && draw.chance(0.01)) {
    played.add('posts');
    chain.postFault = draw.pick(['lost', 'unanswered']);
  }
  if (has('again') && draw.chance(0.01)) {
    count('an old message comes again');
    inbox.push(draw.pick(posted));
  }
  if (has('kills') && active.length === 0 && inbox.length === 0 && draw.chance(0.7)) {
    count('a broken chain goes on');
    inbox.push(posted.at(-1)!);
  }
  if (has('hostile') && draw.chance(0.008)) {
    const message = tamper(draw.pick(posted), idsOf(scene), draw);
    played.add('hostile');
    count('a hostile message');
    say(`hostile: ${JSON.stringify(message).slice(0, 300)}`);
    inbox.push(message);
  }
};

/** Some of what may go wrong, or change, while runs are under way. Says which run is to be repeated from its job 2. */
export const disturb = async (scene: Scene): Promise<Played | null> => {
  const { draw, has, played, count, say, chain, misbehaviour, primero, ona, observer } = scene;
  if (has('during') && draw.chance(0.02)) {
    played.add('during');
    change(scene);
  }
  for (const kind of FAULT_KINDS) {
    if (!has(kind) || !draw.chance(0.006)) continue;
    // A field that is shown again between an answer that lacks it and the question about it looks blank: nobody can tell.
    if (kind === 'fields' && primero.role.hiddenFields.size > 0 && chain.active.length > 0)
      continue;
    count(`misbehaves: ${kind}`);
    misbehaviour.play(kind);
  }
  if (chain.posted.length === 0) return null;
  disturbInbox(scene);
  if (has('two') && draw.chance(0.008)) await initiate(scene, false);
  if (!chain.holder && has('hand') && draw.chance(0.004)) await byHand(scene);
  if (!chain.holder && has('ageing') && draw.chance(0.002)) {
    const hours = draw.pick([3, 49]);
    say(`${hours} hours pass in ONA`);
    count('hours pass');
    const ago = `- interval '${hours} hours'`;
    await ona.query(`UPDATE syncs SET began_at = began_at ${ago}`);
    await ona.query(`UPDATE sync_batches SET written_at = written_at ${ago}`);
    await observer.begin();
  }
  const old = chain.runs.filter(({ batch }) => batch !== null);
  if (!has('resume') || !draw.chance(0.004) || old.length === 0) return null;
  count('job 2 runs from a saved state');
  return draw.pick(old);
};
