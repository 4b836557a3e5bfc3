import type { OnaCredential } from '../../local/credentials/schema.ts';
import { forkBench } from './fork.ts';

/** The same database behind a network of this round trip; 0 ms is no network at all. */
export const withDelay = async <T>(
  ona: OnaCredential,
  roundTripMs: number,
  work: (ona: OnaCredential) => Promise<T>,
): Promise<T> => {
  if (roundTripMs === 0) return work(ona);
  const proxy = await forkBench<{ port: number }>('delay-process', { port: ona.port, roundTripMs });
  try {
    return await work({ ...ona, host: '127.0.0.1', port: proxy.ready.port });
  } finally {
    await proxy.stop();
  }
};
