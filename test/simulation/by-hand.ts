import type { Ona } from './ona.ts';
import type { Draw } from './random.ts';

const CASES = 'SELECT primero_id::text AS id, case_id FROM cases ORDER BY primero_id, case_id';
const SERVICES = 'SELECT unique_id FROM services ORDER BY unique_id';

/** Changes something in ONA as a person with a client would, and says what. Null where there is nothing to change. */
export const changeByHand = async (ona: Ona, draw: Draw): Promise<string | null> => {
  const cases: { id: string | null; case_id: string }[] = await ona.query(CASES);
  const services: { unique_id: string }[] = await ona.query(SERVICES);
  if (cases.length === 0 || services.length === 0) return null;
  const { case_id } = draw.pick(cases);
  const { unique_id } = draw.pick(services);
  const onCase = (what: string, text: string) =>
    [`by hand: case ${case_id} ${what}`, text, [case_id]] as const;
  const onService = (what: string, text: string) =>
    [`by hand: service ${unique_id.slice(0, 8)} ${what}`, text, [unique_id]] as const;
  const [said, text, values] = draw.pick([
    onCase('is deleted', 'DELETE FROM cases WHERE case_id = $1'),
    onCase('gets another sex', "UPDATE cases SET sex = 'by hand' WHERE case_id = $1"),
    onCase(
      'loses primero_created_at',
      'UPDATE cases SET primero_created_at = NULL WHERE case_id = $1',
    ),
    onCase(
      'loses primero_updated_at',
      'UPDATE cases SET primero_updated_at = NULL WHERE case_id = $1',
    ),
    onCase('loses primero_id', 'UPDATE cases SET primero_id = NULL WHERE case_id = $1'),
    onCase(
      'gets a time of creation years ago',
      "UPDATE cases SET primero_created_at = '2019-05-05' WHERE case_id = $1",
    ),
    onCase(
      'is last updated in 2040',
      "UPDATE cases SET primero_updated_at = '2040-01-01' WHERE case_id = $1",
    ),
    onCase(
      'gets another case_id',
      "UPDATE cases SET case_id = 'hand' || left(case_id, 9) WHERE case_id = $1 AND NOT EXISTS (SELECT FROM cases o WHERE o.case_id = 'hand' || left($1, 9))",
    ),
    onCase(
      'counts for nothing',
      'DELETE FROM case_indicators WHERE primero_id = (SELECT primero_id FROM cases WHERE case_id = $1)',
    ),
    onService('is deleted', 'DELETE FROM services WHERE unique_id = $1'),
    onService(
      'gets another type',
      "UPDATE services SET service_type = 'by hand' WHERE unique_id = $1",
    ),
    onService('loses primero_id', 'UPDATE services SET primero_id = NULL WHERE unique_id = $1'),
    onService(
      'goes to another child',
      'UPDATE services SET primero_id = (SELECT min(primero_id::text)::uuid FROM cases) WHERE unique_id = $1',
    ),
    [
      'by hand: a service that Primero does not have',
      'INSERT INTO services (unique_id, case_id, primero_id, service_type) SELECT md5($1), case_id, primero_id, $1 FROM cases WHERE case_id = $1 ON CONFLICT DO NOTHING',
      [case_id],
    ] as const,
  ]);
  await ona.query(text, [...values]);
  return said;
};

/** Puts in rows as an earlier integration left them: of a child that Primero has, and of one that it has not. */
export const leaveRows = async (
  ona: Ona,
  caseIds: readonly string[],
  service: string,
): Promise<void> => {
  for (const id of caseIds)
    await ona.query('INSERT INTO cases (case_id, sex) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      id,
      'old',
    ]);
  for (const id of [service, `old-${caseIds[0]}`])
    await ona.query(
      'INSERT INTO services (unique_id, case_id, service_type) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [id, caseIds[0], 'old'],
    );
};
