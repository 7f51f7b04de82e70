import { OutgoingHttp } from '@imprest/outgoing-http';
import { createLogger, explain, loadConfig, operatorKeys, untilSignal } from '@imprest/platform';
import { providersOf } from './providers.js';
import { startWorker } from './worker.js';

try {
  const config = loadConfig();
  const logger = createLogger(config);
  const worker = await startWorker({
    orchestratorUrl: config.orchestratorUrl,
    workerKey: operatorKeys(config).workerKey,
    workerId: config.workerId,
    slots: config.workerSlots,
    providers: providersOf(config),
    referenceHttp: new OutgoingHttp({ allowCidrs: config.webhookAllowCidrs }),
    logger,
  });
  logger.info({ worker: config.workerId, orchestrator: config.orchestratorUrl }, 'ready');
  await untilSignal();
  await worker.stop();
  process.exit();
} catch (error) {
  process.stderr.write(`imprest worker cannot start: ${explain(error)}\n`);
  process.exit(1);
}
