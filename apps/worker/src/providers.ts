import type { GenerationProvider } from '@imprest/application';
import { type Config, loadProviders, openProviders } from '@imprest/platform';

export interface WorkerProviders {
  /** By the names that models are configured with. */
  readonly providers: ReadonlyMap<string, GenerationProvider>;
  /** Of the worker, then those of each provider behind its name: `gpu-1/zone`. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What the orchestrator takes of one worker. */
const MOST_LABELS = 32;

/** What a worker renders with, and what is said of it. @throws DataFileError, RangeError for too many labels */
export async function providersOf(config: Config): Promise<WorkerProviders> {
  const { providersFile, workerSlots: slots, simulator, workerTraits } = config;
  const entries = loadProviders(providersFile);
  const ofProviders = entries.flatMap(({ name, labels }) =>
    Object.entries(labels).map(([label, value]) => [`${name}/${label}`, value]),
  );
  const labels = { ...Object.fromEntries(ofProviders), ...workerTraits.labels };
  if (Object.keys(labels).length > MOST_LABELS) {
    throw new RangeError(`a worker has at most ${MOST_LABELS} labels, those of providers included`);
  }
  return { providers: await openProviders(entries, { slots, simulator }), labels };
}
