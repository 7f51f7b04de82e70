import type { GenerationProvider } from '@imprest/application';
import type { RunningProcess } from '@imprest/platform';
import { NoOpProvider, SimulatorProvider } from '@imprest/provider-simulator';
import type { WorkerOptions } from '@imprest/worker';

/** The worker of the default mode uses the same protocol over HTTP as one on a GPU box. */
export function workerOptions({ url, infrastructure }: RunningProcess): WorkerOptions {
  const { config, keys, logger, outgoing } = infrastructure;
  const { latencyMs, failureRate, trialFaults } = config.simulator;
  const simulator = new SimulatorProvider({
    threads: config.workerSlots,
    latencyMs,
    failureRate,
    trialFaults,
  });
  const blank = new NoOpProvider();
  return {
    orchestratorUrl: url,
    workerKey: keys.workerKey,
    workerId: `built-in-${process.pid}`,
    slots: config.workerSlots,
    providers: new Map<string, GenerationProvider>([
      [simulator.name, simulator],
      [blank.name, blank],
    ]),
    referenceHttp: outgoing,
    logger,
  };
}
