import { expect, test } from 'vitest';
import { describeBoth } from '../../support/ona.ts';
import { idOf } from '../message/messages.ts';
import { children, hold, recordOf, run, writeServices } from './held.ts';

const service = (unique_id: string, fields: object = {}) => ({
  unique_id,
  service_type: 'x',
  service_implemented_day_time: '2026-01-09T17:20:42.500+07:00',
  ...fields,
});
const withServices = (number: number, ...services_section: object[]) =>
  recordOf(number, { services_section });

describeBoth('write-services.sql', (ona) => {
  const services = () =>
    run(
      ona,
      `SELECT unique_id, primero_id, case_id, service_type, service_date::text AS service_date
       FROM services ORDER BY unique_id`,
    );
  const ids = async () => (await services()).map(({ unique_id }) => unique_id);

  test('inserts services with the child, its case_id, and a time in UTC', async () => {
    const result = await writeServices(ona, children(withServices(1, service('a'))));
    expect(result).toEqual({ held: 0, removed: 0, written: 1 });
    expect(await services()).toEqual([
      {
        unique_id: 'a',
        primero_id: idOf(1),
        case_id: 'case-1',
        service_type: 'x',
        service_date: '2026-01-09 10:20:42.5',
      },
    ]);
  });

  test.each<[name: string, fields: object]>([
    ['its type', { service_type: 'y' }],
    ['that it has no type', { service_type: null }],
    ['its time', { service_implemented_day_time: '2026-01-10' }],
    ['that it has no time', { service_implemented_day_time: null }],
  ])('updates a service that differs by %s', async (_, fields) => {
    await hold(ona, withServices(1, service('a')));
    const result = await writeServices(ona, children(withServices(1, service('a', fields))));
    expect(result).toEqual({ held: 1, removed: 0, written: 1 });
    const again = await writeServices(ona, children(withServices(1, service('a', fields))));
    expect(again.written).toBe(0);
  });

  test('rewrites no row of what is as it was', async () => {
    const own = withServices(1, service('a'), service('b', { service_implemented_day_time: null }));
    await hold(ona, own);
    const before = await run(ona, 'SELECT xmin::text FROM services');
    expect(await writeServices(ona, children(own))).toEqual({ held: 2, removed: 0, written: 0 });
    expect(await run(ona, 'SELECT xmin::text FROM services')).toEqual(before);
  });

  test('removes what a child no longer has, of the children of the batch alone', async () => {
    await hold(ona, withServices(1, service('a'), service('b')), withServices(2, service('c')));
    const result = await writeServices(ona, children(withServices(1, service('b'))));
    expect(result).toEqual({ held: 2, removed: 1, written: 0 });
    expect(await ids()).toEqual(['b', 'c']);
  });

  test('removes the last one, too', async () => {
    await hold(ona, withServices(1, service('a')));
    expect(await writeServices(ona, children(withServices(1)))).toMatchObject({ removed: 1 });
    expect(await ids()).toEqual([]);
  });

  test('keeps what ONA holds of a service that could not be loaded', async () => {
    await hold(ona, withServices(1, service('a'), service('b')));
    const kept = [{ child: idOf(1), unique_id: 'a' }];
    await writeServices(ona, children(withServices(1, service('b'))), kept);
    expect(await ids()).toEqual(['a', 'b']);
    // Another child does not keep it.
    await writeServices(ona, children(withServices(1, service('b'))), [
      { child: idOf(2), unique_id: 'a' },
    ]);
    expect(await ids()).toEqual(['b']);
  });

  test('moves a service to the child of the batch that has it now', async () => {
    await hold(ona, withServices(1, service('a')), withServices(2));
    const result = await writeServices(
      ona,
      children(withServices(1), withServices(2, service('a'))),
    );
    expect(result).toEqual({ held: 1, removed: 0, written: 1 });
    expect(await services()).toMatchObject([{ primero_id: idOf(2), case_id: 'case-2' }]);
  });

  test('takes over a service that an earlier integration left', async () => {
    await ona.query("INSERT INTO services (unique_id, case_id) VALUES ('a', 'old')");
    expect(await writeServices(ona, children(withServices(1, service('a'))))).toMatchObject({
      written: 1,
    });
    expect(await services()).toMatchObject([{ primero_id: idOf(1), case_id: 'case-1' }]);
  });

  test('removes a service of no child that has the case_id of one, where its child does not have it', async () => {
    await hold(ona, withServices(1, service('a')));
    await ona.query(
      "INSERT INTO services (unique_id, case_id) VALUES ('left', 'case-1'), ('other', 'case-2')",
    );
    const result = await writeServices(ona, children(withServices(1, service('a'))));
    expect(result).toEqual({ held: 2, removed: 1, written: 0 });
    expect(await ids()).toEqual(['a', 'other']);
  });

  test('gives a service the new case_id of its child', async () => {
    await hold(ona, withServices(1, service('a')));
    const moved = recordOf(1, { case_id_display: 'new', services_section: [service('a')] });
    expect(await writeServices(ona, children(moved))).toMatchObject({ written: 1 });
    expect(await services()).toMatchObject([{ case_id: 'new' }]);
  });
});
