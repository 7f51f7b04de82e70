import type { GenerationProvider } from '@imprest/application';
import { type Config, loadProviders, openProviders } from '@imprest/platform';

/** The providers that a worker can run, by the name that models are configured with. @throws DataFileError */
export function providersOf(config: Config): Promise<ReadonlyMap<string, GenerationProvider>> {
  const { providersFile, workerSlots: slots, simulator } = config;
  return openProviders(loadProviders(providersFile), { slots, simulator });
}
