import { OutgoingHttp } from '@imprest/outgoing-http';
import {
  createLogger,
  drain,
  endProcess,
  explain,
  loadConfig,
  openTracing,
  untilSignal,
  workerKeyOf,
} from '@imprest/platform';
import { providersOf } from './providers.js';
import { workerVersion } from './version.js';
import { drainMsWithin, startWorker } from './worker.js';
import { startWorkerHealth } from './worker-health.js';

async function start() {
  const config = loadConfig();
  const logger = createLogger(config);
  const tracing = await openTracing(config, 'worker');
  const worker = await startWorker({
    orchestratorUrl: config.orchestratorUrl,
    workerKey: workerKeyOf(config),
    workerId: config.workerId,
    slots: config.workerSlots,
    referenceHttp: new OutgoingHttp({ allowCidrs: config.webhookAllowCidrs }),
    logger,
    ...config.workerTraits,
    ...(await providersOf(config)),
    version: workerVersion,
    tracing,
    drainMs: drainMsWithin(config.shutdownSeconds),
  });
  let draining = false;
  const health = await startWorkerHealth(config, worker, () => draining);
  const { workerId: id, orchestratorUrl: orchestrator } = config;
  logger.info({ worker: id, orchestrator, url: health?.url }, 'ready');
  const stop = async () => {
    draining = true;
    const steps = [
      { name: 'rendering', end: () => worker.stop() },
      { name: 'traces', end: () => tracing.close() },
      { name: 'health', end: async () => health?.close() },
    ];
    await drain(steps, config.shutdownSeconds);
    logger.flush();
  };
  return { stop };
}

try {
  const { stop } = await start();
  await untilSignal();
  await endProcess('worker', stop);
} catch (error) {
  process.stderr.write(`imprest worker cannot start: ${explain(error)}\n`);
  process.exit(1);
}
