import { OutgoingHttp } from '@imprest/outgoing-http';
import { createLogger, loadConfig } from '@imprest/platform';
import { NoOpProvider } from '@imprest/provider-simulator';
import { startWorker } from '@imprest/worker';
import { serve } from '../harness/serve.js';

/** A worker on a machine of its own, whose provider makes nothing: everything but rendering is real. */
const config = loadConfig();
const worker = await startWorker({
  orchestratorUrl: config.orchestratorUrl,
  workerKey: config.workerKey as string,
  workerId: config.workerId,
  slots: config.workerSlots,
  providers: new Map([['simulator', new NoOpProvider()]]),
  referenceHttp: new OutgoingHttp({ allowCidrs: [] }),
  logger: createLogger(config),
});

serve(
  { ready: true },
  () => Promise.reject(new Error('no commands')),
  () => worker.stop(),
);
