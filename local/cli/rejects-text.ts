import { REASONS } from '../../jobs/mapping/reject.ts';
import { REJECT_TODO } from '../errors/of-rejects.ts';
import type { Orphans, Rejected } from '../rejects/read-rejects.ts';
import { plural } from '../words.ts';

const UNSEEN = {
  meaning: 'the user in Primero may not see the child; ONA keeps it as it was',
  todo: "Allow the user's role to see all cases. If the child should not be there, disable the case.",
};

/** What a reason means, and what to do. */
export const explained = (reason: Rejected['reason']): { meaning: string; todo: string } =>
  reason === 'UNSEEN' ? UNSEEN : { meaning: REASONS[reason], todo: REJECT_TODO[reason] };

const day = (iso: string): string => iso.slice(0, 10);

/** The place of a service in its list belongs to one reject; the field is shared by the group. */
const INDEX = /\[(\d+)\]/;

const line = ({ primeroId, since, field, wanted }: Rejected): string => {
  const place = INDEX.exec(field)?.[1];
  const more = [
    ...(place === undefined ? [] : [`service ${Number(place) + 1}`]),
    ...(wanted === null ? [] : [`wants ${wanted}`]),
  ];
  return `  ${primeroId}  since ${day(since)}${more.map((each) => `, ${each}`).join('')}`;
};

const groupOf = ({ reason, field }: Rejected): string => `${reason} (${field.replace(INDEX, '')})`;

/** Counts of records, services and children, in words. */
const counted = (rejects: readonly Rejected[]): string => {
  const unseen = rejects.filter(({ reason }) => reason === 'UNSEEN').length;
  const services = rejects.filter(({ scope }) => scope === 'service').length;
  const records = rejects.length - unseen - services;
  return `Not loaded: ${plural(records, 'record', 'records')}, ${plural(services, 'service', 'services')}. Unseen: ${plural(unseen, 'child', 'children')}.`;
};

/** The text that `rejects` prints: each reason, with the ids in Primero of those whom it concerns. */
export const rejectsText = (rejects: readonly Rejected[]): string => {
  const groups = new Map<string, Rejected[]>();
  for (const each of rejects)
    groups.set(groupOf(each), [...(groups.get(groupOf(each)) ?? []), each]);
  return [
    counted(rejects),
    ...[...groups].flatMap(([title, own]) => {
      const { meaning, todo } = explained(own[0]!.reason);
      return ['', `${title}: ${own.length}`, `  ${meaning}`, `  ${todo}`, ...own.map(line)];
    }),
    '',
  ].join('\n');
};

/** The text that `rejects --orphans` prints. */
export const orphansText = ({ orphans, isKnown }: Orphans): string => {
  if (orphans.length === 0) return 'No row was left by an earlier integration.\n';
  const count = (table: string) => orphans.filter((each) => each.table === table).length;
  return [
    `Left by an earlier integration: ${plural(count('cases'), 'row', 'rows')} of cases, ${plural(count('services'), 'row', 'rows')} of services.`,
    ...orphans.map(
      ({ table, id, written }) =>
        `  ${table.padEnd(8)}  ${id}${written ? `, written ${day(written)}` : ''}`,
    ),
    ...(isKnown
      ? [
          'Primero does not have them: the last complete census matched all others with a record. No sync removes them.',
          "Look at them. If nobody needs them, run this as the owner of ONA's tables:",
          '  DELETE FROM services WHERE primero_id IS NULL;',
          '  DELETE FROM cases WHERE primero_id IS NULL;',
        ]
      : [
          'No census is complete yet. The first one matches rows with records of Primero, so this list will become shorter.',
        ]),
    '',
  ].join('\n');
};
