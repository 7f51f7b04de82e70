import { OutgoingHttp } from '@imprest/outgoing-http';
import {
  createLogger,
  drain,
  explain,
  loadConfig,
  untilSignal,
  workerKeyOf,
} from '@imprest/platform';
import { providersOf } from './providers.js';
import { startWorker } from './worker.js';

try {
  const config = loadConfig();
  const logger = createLogger(config);
  const worker = await startWorker({
    orchestratorUrl: config.orchestratorUrl,
    workerKey: workerKeyOf(config),
    workerId: config.workerId,
    slots: config.workerSlots,
    providers: providersOf(config),
    referenceHttp: new OutgoingHttp({ allowCidrs: config.webhookAllowCidrs }),
    logger,
  });
  logger.info({ worker: config.workerId, orchestrator: config.orchestratorUrl }, 'ready');
  await untilSignal();
  await drain([{ name: 'rendering', end: () => worker.stop() }], config.shutdownSeconds);
  process.exit();
} catch (error) {
  process.stderr.write(`imprest worker cannot start: ${explain(error)}\n`);
  process.exit(1);
}
