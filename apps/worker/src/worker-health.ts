import { type Config, type HealthServer, startHealthServer } from '@imprest/platform';
import { Gauge } from 'prom-client';
import type { RunningWorker } from './worker.js';

/** Undefined when the configuration names no port. */
export async function startWorkerHealth(
  { workerHealthPort: port, host }: Pick<Config, 'workerHealthPort' | 'host'>,
  worker: Pick<RunningWorker, 'standing'>,
  draining: () => boolean,
): Promise<HealthServer | undefined> {
  if (port === undefined) return undefined;
  const readiness = () => {
    const { hasOrchestrator } = worker.standing;
    const detail = hasOrchestrator ? 'answers' : 'does not answer';
    const orchestrator = { ok: hasOrchestrator, detail, needed: true };
    const process = {
      ok: !draining(),
      detail: draining() ? 'shutting down' : 'runs',
      needed: true,
    };
    return { ready: orchestrator.ok && process.ok, checks: { process, orchestrator } };
  };
  return startHealthServer({
    port,
    host,
    readiness,
    measure: (registry) => {
      const jobs = new Gauge({
        name: 'imprest_worker_jobs',
        help: 'Jobs this worker renders now, and how many it could',
        labelNames: ['state'],
        registers: [registry],
        collect: () => {
          const { running, slots } = worker.standing;
          jobs.set({ state: 'running' }, running);
          jobs.set({ state: 'slots' }, slots);
        },
      });
    },
  });
}
