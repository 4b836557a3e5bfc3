import { REINTEGRATION_TYPE } from '../../jobs/lib/indicators.ts';
import type { Message } from '../../jobs/lib/message.ts';
import { addSeconds } from '../../jobs/lib/time.ts';
import type { Batch, CaseRecord, RequestResult } from '../../jobs/lib/types.ts';
import { message } from './messages.ts';

/** A few children, by name, as Primero would send them; each has an id of its own and one service. */
const CHILDREN = ['sokha', 'dara', 'bopha', 'rith', 'chan'] as const;
export type Child = (typeof CHILDREN)[number];

export const idOf = (child: Child): string =>
  `00000000-0000-4000-8000-00000000000${CHILDREN.indexOf(child) + 1}`;

/** A record of a ten-year-old in reintegration, updated on 1 May, with what a test needs otherwise. */
export const record = (child: Child, changes: Record<string, unknown> = {}): CaseRecord => ({
  id: idOf(child),
  enabled: true,
  last_updated_at: '2026-05-01T08:00:00.250Z',
  case_id_display: `case-${child}`,
  registration_date: '2026-01-09',
  type_of_case: REINTEGRATION_TYPE,
  sex: 'female',
  age: 10,
  location_current: '10060802',
  services_section: [{ unique_id: `service-of-${child}`, service_type: 'counselling' }],
  ...changes,
});

/** A result of a request that was read to the end of the window. */
export const result = (
  records: CaseRecord[],
  changes: Partial<RequestResult> = {},
): RequestResult => {
  const { window } = message();
  return {
    indicator: 'reintegration',
    ...window,
    records,
    fetched: records.length,
    remaining: 0,
    coveredTo: addSeconds(window.to, 1),
    ...changes,
  };
};

/** A batch as get-cases hands it on, fetched just now. */
export const batch = (results: RequestResult[], changes: Partial<Batch> = {}): Batch => ({
  message: message() as Message,
  fetchedAt: new Date().toISOString(),
  results,
  expected: null,
  ...changes,
});
