import { type Config, type RunningProcess, runProcess } from '@imprest/platform';
import { startWorker } from '@imprest/worker';
import { workerOptions } from './built-in-worker.js';
import { ensureDemoTenant } from './demo-tenant.js';
import { productModules } from './product-modules.js';

/** Everything in one process: all services on one set of engines, and a worker that speaks to them over HTTP. */
export async function startImprest(config: Config): Promise<RunningProcess> {
  const running = await runProcess(config, productModules);
  try {
    await ensureDemoTenant(running);
    const worker = await startWorker(await workerOptions(running));
    // The worker first: it hands in what it is rendering while there is someone to hand it to.
    running.endFirst({ name: 'the worker', end: () => worker.stop() });
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}
