/**
 * The embedded ONA in a separate process, so that PGlite's memory does not count as the runner's.
 * Argument: JSON of `{ dataDir, port, relaxedDurability }`. Says `{ ready: address }` or
 * `{ failed: reason }` over IPC; ends on SIGTERM or when the parent goes. Ctrl-C reaches the whole
 * group of processes, and the parent still needs its database then: SIGINT is ignored.
 */
import { type ServeOptions, serveOna } from './ona/serve.ts';
import { startFailure } from './ona/start-failure.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as ServeOptions;

process.on('SIGINT', () => {});

try {
  const ona = await serveOna({ ...options, onBroken: () => process.exit(1) });
  let closing = false;
  const close = () => {
    if (closing) return;
    closing = true;
    ona.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', close);
  process.on('disconnect', close);
  process.send?.({ ready: ona.address });
  if (process.send && !process.connected) close();
} catch (error) {
  process.send?.({ failed: startFailure(error) });
  process.exitCode = 1;
  process.disconnect?.();
}
