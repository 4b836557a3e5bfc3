import { describe, expect, test } from 'vitest';
import { toFailureReport } from '../../../jobs/errors/failure-report.ts';
import * as errors from '../../../jobs/errors/registry.ts';
import { SyncError } from '../../../jobs/errors/sync-error.ts';
import { message } from '../message/messages.ts';

const CHILD = 'Sokha Chan';
const ours = new SyncError(errors.ONA_BUSY, 'PostgreSQL reported 55P03 while writing cases.');
const failed = (text: string) => ({ 'upsert-cases': { message: text, detail: CHILD } });

describe('A report of a failure', () => {
  test('says step, code, text and batch', () => {
    const batch = { message: message({ batch: 4 }), rows: [[CHILD]] };
    expect(toFailureReport({ batch, errors: failed(`${ours.message}\n${CHILD}`) })).toEqual({
      text: `Primero to ONA: step upsert-cases failed, batch 4 of sync ${message().syncId}. ${ours.message}`,
      step: 'upsert-cases',
      code: 'ONA_BUSY',
      syncId: message().syncId,
      batch: 4,
    });
  });

  test.each<[where: string, state: object]>([
    ['a message', { data: message({ batch: 7 }) }],
    ['a batch', { batch: { message: message({ batch: 7 }) } }],
    ['a summary', { data: { summary: { syncId: message().syncId, batch: 7 } } }],
  ])('finds the batch in %s', (_, state) => {
    const report = toFailureReport({ ...state, errors: failed(ours.message) });
    expect(report).toMatchObject({ syncId: message().syncId, batch: 7 });
  });

  test.each<[name: string, text: string]>([
    ['an error of another', `Server responded with: {"name":"${CHILD}"}`],
    ['a code that is none of ours', `NO_SUCH_CODE: ${CHILD}`],
    ['no text', ''],
  ])('leaves out the text of %s', (_, text) => {
    const report = toFailureReport({ errors: failed(text) });
    expect(report).toEqual({
      text: 'Primero to ONA: step upsert-cases failed. UNKNOWN: see the log of the run.',
      step: 'upsert-cases',
      code: 'UNKNOWN',
      syncId: null,
      batch: null,
    });
  });

  test('takes no name of a sync that may be something else', () => {
    const report = toFailureReport({
      data: { syncId: `${CHILD}, ${CHILD}`, batch: CHILD },
      errors: failed(ours.message),
    });
    expect(report).toMatchObject({ syncId: null, batch: null });
  });

  test('names the step that stands in the error, as the platform has it', () => {
    const state = { errors: { '0f3b': { message: ours.message, step: 'get-cases' } } };
    expect(toFailureReport(state).step).toBe('get-cases');
  });

  test.each([
    ['null', null],
    ['a text', 'x'],
    ['without errors', {}],
    ['with an error that is null', { errors: { step: null } }],
  ])('is made of a state that is %s, too', (_, state) => {
    expect(toFailureReport(state)).toMatchObject({ code: 'UNKNOWN' });
  });
});
