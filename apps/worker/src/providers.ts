import type { GenerationProvider } from '@imprest/application';
import type { Config } from '@imprest/platform';
import { NoOpProvider, SimulatorProvider } from '@imprest/provider-simulator';

/** The providers that a worker can run, by the name that models are configured with. */
export function providersOf(config: Config): ReadonlyMap<string, GenerationProvider> {
  const { latencyMs, failureRate, trialFaults } = config.simulator;
  const threads = config.workerSlots;
  const providers: readonly GenerationProvider[] = [
    new SimulatorProvider({ threads, latencyMs, failureRate, trialFaults }),
    new NoOpProvider(),
  ];
  return new Map(providers.map((provider) => [provider.name, provider]));
}
