import type { getCases as GetCases } from '@openfn/language-primero';
import { INDICATORS } from '../indicators.ts';
import {
  ANSWER_BYTES,
  FIRST_PAGE,
  PAGE_SIZE,
  SMALLEST_PAGE,
  SMALLEST_ROW_BYTES,
} from '../policy.ts';
import { type Second, toSecond } from '../time.ts';
import { type Child, createdIn } from './answers.ts';
import { type Ask, asking } from './ask.ts';
import type { WindowCounts } from './batch.ts';
import { askAboutHidden } from './hidden.ts';
import { bytesOf, type PackedRow, packRecord } from './pack.ts';
import { tooMany } from './passes.ts';
import { windowTotalQuery } from './question.ts';
import type { GetState, Reading } from './state.ts';
import { createdMs } from './trust.ts';
import { readWindow, type Window } from './window.ts';

/** A child as it is passed on. */
interface Packed extends Child {
  row: PackedRow;
  bytes: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** How many records a page may have so that it fits into memory while it is read. */
const readable = (sentBytes: number, largest: number): number =>
  Math.max(1, Math.min(largest, Math.floor(ANSWER_BYTES / sentBytes)));

/**
 * How many records the next page may have, if possible an even number: as many as fit into memory while it is read, and
 * into the state. Zero if so few would fit into the state that a request is not worth it.
 */
export const nextPage = (reading: Reading, largest: number): number => {
  const { message, rows, bytes, room, sentBytes } = reading;
  if (sentBytes === null) return Math.min(message.page ?? FIRST_PAGE, largest);
  const mean = rows.length > 0 ? bytes / rows.length : SMALLEST_ROW_BYTES;
  const most = readable(sentBytes, largest);
  const fitting = Math.floor((room - bytes) / mean);
  const page = Math.min(fitting, most);
  return fitting < Math.min(SMALLEST_PAGE, most) ? 0 : Math.max(1, page - (page % 2));
};

/** Mean bytes of a window's records as they came, estimated from a few of them. */
const sentBytesOf = (children: readonly Child[]): number => {
  const few = children.slice(0, 20).map(({ record }) => JSON.stringify(record).length);
  return few.length === 0 ? SMALLEST_ROW_BYTES : sum(few) / few.length;
};

/**
 * Where a window must end so that its children fit into the state: before the second of the first child that does not fit.
 * `nothing` if not even the first second fits. Null if all children fit and the window has no end.
 */
export const fit = (
  packed: readonly Packed[],
  { from, to }: Pick<Window, 'from' | 'to'>,
  room: number,
): Second | null | 'nothing' => {
  if (sum(packed.map((each) => each.bytes)) <= room) return to;
  const inOrder = [...packed].sort((a, b) => createdMs(a.record) - createdMs(b.record));
  let bytes = 0;
  for (const { record, bytes: own } of inOrder) {
    bytes += own;
    if (bytes <= room) continue;
    const second = toSecond(createdMs(record));
    return second > from ? second : 'nothing';
  }
  return to;
};

/** By indicator: children of a window, and ghosts. A page with ghosts reached beyond its window, so these are asked for again. */
const count = async (
  ask: Ask,
  children: readonly Child[],
  { from, to, ghosts }: Pick<Window, 'from' | 'to' | 'ghosts'>,
  isCensus: boolean,
): Promise<WindowCounts['counts']> => {
  const counts: WindowCounts['counts'] = {};
  for (const indicator of INDICATORS) {
    const { name } = indicator;
    const read = children.filter(({ broughtBy }) => broughtBy.includes(name)).length;
    const hasGhosts = isCensus && ghosts[name]! > 0;
    const total = hasGhosts ? (await ask(windowTotalQuery(indicator, { from, to }))).total : read;
    counts[name] = [read, Math.max(0, total - read)];
  }
  return counts;
};

/** Adds the children of a window to the batch, as far as they fit. Says where the next window begins, or that none fitted. */
const take = async (
  ask: Ask,
  state: GetState,
  window: Window,
): Promise<Second | null | 'nothing'> => {
  const { reading, message } = state;
  const packed = window.children.map((child) => {
    const row = packRecord(child.record, 'window', reading);
    return { ...child, row, bytes: bytesOf(row) };
  });
  const to = fit(packed, window, reading.room - reading.bytes);
  if (to === 'nothing') {
    if (reading.rows.length > 0) return 'nothing';
    throw tooMany(window.from, window.children.length);
  }
  const isInside = createdIn({ from: window.from, to });
  const fitting = packed.filter(({ record, broughtBy }) => {
    return broughtBy.length === 0 || isInside(record);
  });
  const isCensus = message.changedSince === undefined;
  const counts = await count(ask, fitting, { ...window, to }, isCensus);
  reading.windows.push({ from: window.from, to, counts });
  for (const { row, bytes } of fitting) {
    reading.rows.push(row);
    reading.bytes += bytes;
  }
  reading.sentBytes = Math.max(reading.sentBytes ?? 0, sentBytesOf(window.children));
  reading.left = window.left - counts[INDICATORS[0]!.name]![0];
  return to === message.to ? null : to;
};

/**
 * Reads as many windows as the batch can hold, asking once for each indicator. A field that a window lacks is
 * asked about at once.
 * @throws {SyncError} a code of Primero's; PRIMERO_CROWDED if not even one second fits
 * @example <caption>With the official adaptor's operation</caption>
 * readWindows(getCases)
 */
export const readWindows = (getCases: typeof GetCases) => async (state: GetState) => {
  const { message, reading } = state;
  const ask = asking(getCases, state);
  let largest = PAGE_SIZE;
  while (reading.next !== null) {
    const per = nextPage(reading, largest);
    const hasSome = reading.windows.length + reading.findings.length > 0;
    if (hasSome && (per === 0 || Date.now() > state.enoughAt)) break;
    const window = await readWindow(ask, {
      from: reading.next,
      end: message.to,
      per: Math.max(1, per),
      most: Math.floor(reading.room / SMALLEST_ROW_BYTES),
      changedSince: message.changedSince,
    });
    await askAboutHidden(getCases)(state);
    if (window.per < per) largest = window.per;
    const next = await take(ask, state, window);
    if (next === 'nothing') break;
    reading.next = next;
    reading.page = readable(reading.sentBytes!, largest);
    console.log(`Read ${reading.rows.length} children; Primero counts ${reading.left} more`);
  }
  return state;
};
