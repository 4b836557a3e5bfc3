import type { Client } from 'pg';
import type { PrimeroCredential } from '../local/credentials/schema.ts';
import { inProject } from '../local/paths.ts';
import { runChain } from './chain/run-chain.ts';
import type { ChainResult } from './chain/types.ts';
import { type Floor, measureFloor } from './floor.ts';
import { createOna, withClient } from './servers/database.ts';
import { startPrimero } from './servers/primero.ts';

/** One sync: what it took, and how many cases and services ONA holds after it. */
export type Measured = { chain: ChainResult; cases: number; services: number };

export type WholeSync = {
  kind: 'PostgreSQL' | 'PGlite';
  /** As one chain, as on the platform. */
  ours: Measured;
  /** As the command does it on this machine. */
  sliced: Measured;
  reference: Measured;
  floor: Floor | null;
};

/** Cases for the reference: it takes as long for each, however many there are. */
const REFERENCE_CASES = 4000;

const countRows = async (client: Client) => {
  const { rows } = await client.query(
    'SELECT (SELECT count(*)::integer FROM cases) AS cases, (SELECT count(*)::integer FROM services) AS services',
  );
  return rows[0] as { cases: number; services: number };
};

const measureReference = async (cases: number, seed: number): Promise<Measured> => {
  const ona = await createOna();
  const primero = await startPrimero(cases, seed);
  try {
    const credentials = { primero: primero.credential, ona: ona.credential };
    const workflowPath = inProject('bench', 'reference', 'workflow.json');
    const chain = await runChain({ credentials, workflowPath, message: { page: 1 } });
    return { chain, ...(await withClient(ona.credential, countRows)) };
  } finally {
    await primero.stop();
    await ona.drop();
  }
};

const measureSliced = async (primero: PrimeroCredential): Promise<Measured> => {
  const ona = await createOna();
  try {
    const chain = await runChain({ credentials: { primero, ona: ona.credential }, slices: 0 });
    return { chain, ...(await withClient(ona.credential, countRows)) };
  } finally {
    await ona.drop();
  }
};

/**
 * A whole first sync of `cases` cases, as one chain and as the command does it; the same the plain way, of fewer;
 * and the floor under it.
 */
export const measureWholeSync = async (cases: number, seed: number): Promise<WholeSync> => {
  const reference = await measureReference(Math.min(cases, REFERENCE_CASES), seed);
  const ona = await createOna();
  const primero = await startPrimero(cases, seed);
  try {
    const credentials = { primero: primero.credential, ona: ona.credential };
    const chain = await runChain({ credentials });
    const held = await withClient(ona.credential, countRows);
    // COPY is not in PGlite's wire protocol.
    const floor =
      ona.kind === 'PGlite'
        ? null
        : await measureFloor(primero.credential, ona.credential, chain.paths);
    const sliced = await measureSliced(primero.credential);
    return { kind: ona.kind, ours: { chain, ...held }, sliced, reference, floor };
  } finally {
    await primero.stop();
    await ona.drop();
  }
};
