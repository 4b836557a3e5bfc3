/** A sandbox Primero. Its first message says how it is to be; each one after it asks what was asked since the last. */
import { type Primero, type PrimeroOptions, startPrimero } from '../../local/primero/index.ts';
import { sum } from '../arithmetic.ts';
import { answerParent } from './answer-parent.ts';

let primero: Primero | undefined;

answerParent(async (options: PrimeroOptions) => {
  if (primero) {
    const asked = primero.requests.splice(0);
    return {
      requests: asked.length,
      records: sum(asked.map(({ records = 0 }) => records)),
      chargedMs: sum(asked.map(({ costMs = 0 }) => costMs)),
    };
  }
  primero = await startPrimero(options);
  return primero.credential;
});
