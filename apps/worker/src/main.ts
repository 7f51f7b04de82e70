import { OutgoingHttp } from '@imprest/outgoing-http';
import {
  createLogger,
  drain,
  explain,
  loadConfig,
  openTracing,
  untilSignal,
  workerKeyOf,
} from '@imprest/platform';
import { providersOf } from './providers.js';
import { startWorker } from './worker.js';

try {
  const config = loadConfig();
  const logger = createLogger(config);
  const tracing = await openTracing(config, 'worker');
  const worker = await startWorker({
    orchestratorUrl: config.orchestratorUrl,
    workerKey: workerKeyOf(config),
    workerId: config.workerId,
    slots: config.workerSlots,
    providers: providersOf(config),
    referenceHttp: new OutgoingHttp({ allowCidrs: config.webhookAllowCidrs }),
    logger,
    tracing,
  });
  logger.info({ worker: config.workerId, orchestrator: config.orchestratorUrl }, 'ready');
  await untilSignal();
  const steps = [
    { name: 'rendering', end: () => worker.stop() },
    { name: 'traces', end: () => tracing.close() },
  ];
  await drain(steps, config.shutdownSeconds);
  process.exit();
} catch (error) {
  process.stderr.write(`imprest worker cannot start: ${explain(error)}\n`);
  process.exit(1);
}
