import type { RunningProcess } from '@imprest/platform';
import { drainMsWithin, providersOf, type WorkerOptions, workerVersion } from '@imprest/worker';

/** The worker of the default mode uses the same protocol over HTTP as one on a GPU box. */
export async function workerOptions({
  url,
  infrastructure,
}: RunningProcess): Promise<WorkerOptions> {
  const { config, keys, logger, outgoing, tracing } = infrastructure;
  return {
    orchestratorUrl: url,
    workerKey: keys.workerKey,
    workerId: `built-in-${process.pid}`,
    slots: config.workerSlots,
    ...config.workerTraits,
    ...(await providersOf(config)),
    version: workerVersion,
    referenceHttp: outgoing,
    logger,
    tracing,
    drainMs: drainMsWithin(config.shutdownSeconds),
  };
}
