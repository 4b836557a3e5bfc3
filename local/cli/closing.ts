import Table from 'cli-table3';
import type { IndicatorStatus, Status } from '../ona/status.ts';
import type { ChainReport } from '../sync/run-chain.ts';
import type { Totals } from '../sync/totals.ts';
import { INDICATOR_NAMES } from './progress/names.ts';
import { number, plural } from './words.ts';

const table = (head: string[], rows: string[][]): string => {
  const made = new Table({ head, style: { head: [], border: [] } });
  made.push(...rows);
  return made.toString();
};

const proofOf = ({ expected, held, gaps, proven }: IndicatorStatus): string => {
  if (expected === null || held === null) return 'not counted yet';
  if (expected > held) return `${number(expected - held)} missing`;
  if (expected < held) return `${number(held - expected)} too many`;
  if (gaps.length > 0) return 'gaps left';
  return proven ? 'complete' : 'not proven yet';
};

/** What is covered and proven, for each indicator: as `sync` and `status` both show it. */
export const indicatorTable = ({ indicators }: Status): string =>
  table(
    ['Indicator', 'Covered up to', 'Gaps', 'Primero has', 'ONA accounts for', 'Proof'],
    (['reintegration', 'under18'] as const).map((key) => {
      const { covered, gaps, expected, held } = indicators[key];
      return [
        INDICATOR_NAMES[key],
        covered.at(-1)?.[1] ?? 'nothing yet',
        String(gaps.length),
        expected === null ? '?' : number(expected),
        held === null ? '?' : number(held),
        proofOf(indicators[key]),
      ];
    }),
  );

const movedTable = (totals: Totals): string =>
  table(
    ['This sync', 'Inserted', 'Updated', 'Unchanged', 'Removed', 'Rejected'],
    [
      [
        'Cases',
        number(totals.inserted),
        number(totals.updated),
        number(totals.unchanged),
        number(totals.removed),
        number(totals.rejected),
      ],
      [
        'Services',
        { colSpan: 3, content: `${number(totals.services.written)} written` } as never,
        number(totals.services.removed),
        '',
      ],
    ],
  );

const list = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

const isStill = ({ inserted, updated, removed, surplus }: Totals): boolean =>
  inserted + updated + removed + surplus === 0;

const headline = ({ outcome, status, totals, walked }: ChainReport): string => {
  if (walked)
    return `Done: all that was last updated from ${walked.from} to ${walked.to} was read again.`;
  const { reintegration, under18 } = status!.indicators;
  const held = `${plural(reintegration.held!, 'case', 'cases')} for reintegration and ${number(under18.held!)} under 18`;
  const until = `up to ${status!.lastSync!.windowTo}`;
  const rejects = plural(status!.tables.rejects, 'record or service', 'records and services');
  const none = totals && isStill(totals) ? ' Nothing had changed.' : '';
  return outcome === 'complete'
    ? `Complete: ONA holds all ${held} that Primero has ${until}.${none}`
    : `Complete, with rejects: ONA holds all ${held} that Primero has ${until}, except ${rejects} that could not be loaded.${none}`;
};

/**
 * What the next sync does for an ONA that is not complete. A few cases that Primero does not show it takes out; many it
 * refuses to: somebody must look first.
 */
export const nextSync = ({ complete, indicators }: Status): string[] => {
  if (complete) return [];
  const hasSurplus = Object.values(indicators).some(({ expected, held }) => held! > expected!);
  return hasSurplus
    ? [
        'ONA holds cases that Primero does not show: see "A number on the dashboard looks wrong" in docs/runbook.md before you sync again.',
      ]
    : ['The next `sync` fetches what is missing.'];
};

/**
 * What a sync that is complete, or a backfill that was read to its end, says: the answer first.
 * @param where lines that say where the data is
 * @param next lines that say what to try next
 */
export const closingText = (report: ChainReport, where: string[], next: string[]): string => {
  const { status, totals, rejects, seconds } = report;
  const unmapped = Object.entries(totals?.unmapped ?? {}).filter(([, count]) => count > 0);
  const ran = totals ? `${plural(totals.batches, 'batch', 'batches')} in` : 'Watched the inbox for';
  return [
    '',
    headline(report),
    '',
    ...(totals ? [movedTable(totals)] : []),
    indicatorTable(status!),
    // A backfill is done when its range was read, whatever else is missing.
    ...(status!.complete ? [] : ['What ONA holds is not proven to be all that Primero has.']),
    ...nextSync(status!),
    `${ran} ${seconds.toFixed(1)} s. ONA now has ${number(status!.tables.cases)} cases and ${number(status!.tables.services)} services.`,
    ...(totals && totals.surplus > 0
      ? [
          `${plural(totals.surplus, 'case was', 'cases were')} taken out: Primero no longer has them (see table sync_surplus).`,
        ]
      : []),
    ...list(
      'Not loaded (see table sync_rejects):',
      rejects.map(
        ({ count, scope, field, reason }) => `${number(count)} × ${scope}, ${field}: ${reason}`,
      ),
    ),
    ...list(
      'Stored as they came, because no label or place is known:',
      unmapped.map(([column, count]) => `${number(count)} × ${column}`),
    ),
    ...list('Where the data is:', where),
    ...list('What to try next:', next),
    '',
  ].join('\n');
};
