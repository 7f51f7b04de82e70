import type { ModelCatalogue, ModelEntry } from '../ports/model-catalogue.js';
import type { RegisteredWorker, Residency, ResidentModel } from '../ports/worker-registry.js';

/** What workers, by their ids, are to one model. */
export interface ModelWorkers {
  /** Have it loaded. */
  readonly loaded: ReadonlySet<string>;
  /** Have it loaded and could begin a job of it now. */
  readonly idle: ReadonlySet<string>;
  /** Could serve it, and no warm floor of another model keeps them from it. */
  readonly free: ReadonlySet<string>;
}

/** Names that are not given, or null, leave nothing out. */
type Abilities = Partial<Record<'models' | 'providers', readonly string[] | null>>;
type ModelName = Pick<ModelEntry, 'provider' | 'providerModel'>;

const NONE: ModelWorkers = { loaded: new Set(), idle: new Set(), free: new Set() };

/** Whether a worker with these abilities could do work of a model. */
export function canServe({ models, providers }: Abilities, entry: ModelEntry): boolean {
  return (models?.includes(entry.alias) ?? true) && (providers?.includes(entry.provider) ?? true);
}

/** The entry of a model in what a worker has; undefined when it has to be fetched. */
export function residentOf(
  residency: readonly ResidentModel[],
  { provider, providerModel }: ModelName,
): ResidentModel | undefined {
  return residency.find((each) => each.provider === provider && each.model === providerModel);
}

/** The workers of one moment, by what they are to each model of the catalogue. */
export class FleetView {
  private readonly byId: ReadonlyMap<string, RegisteredWorker>;
  private readonly byModel: ReadonlyMap<string, ModelWorkers>;

  constructor(
    readonly workers: readonly RegisteredWorker[],
    catalogue: Pick<ModelCatalogue, 'aliases' | 'resolve'>,
  ) {
    this.byId = new Map(workers.map((worker) => [worker.id, worker]));
    const active = workers.filter(({ state }) => state === 'active');
    const entries = catalogue.aliases.flatMap((alias) => catalogue.resolve(alias) ?? []);
    const loaded = new Map(entries.map((entry) => [entry.alias, having(active, entry, 'loaded')]));
    const floors = entries.filter(({ warmFloor = 0 }) => warmFloor > 0);
    const bound = (worker: RegisteredWorker, entry: ModelEntry) =>
      floors.some(({ alias, warmFloor = 0 }) => {
        const keepers = loaded.get(alias);
        return alias !== entry.alias && keepers?.has(worker.id) && keepers.size <= warmFloor;
      });
    this.byModel = new Map(
      entries.map((entry) => {
        const here = loaded.get(entry.alias) ?? new Set<string>();
        const idle = active.filter(
          ({ id, slots, usedSlots }) => here.has(id) && slots - usedSlots >= (entry.slotCost ?? 1),
        );
        const free = active.filter(
          (worker) => canServe(worker, entry) && (here.has(worker.id) || !bound(worker, entry)),
        );
        return [entry.alias, { loaded: here, idle: idsOf(idle), free: idsOf(free) }];
      }),
    );
  }

  worker(id: string): RegisteredWorker | undefined {
    return this.byId.get(id);
  }

  /** Jobs of a model that active workers could run at once, if they ran nothing else. */
  slotsFor(entry: ModelEntry): number {
    const { slotCost = 1 } = entry;
    return this.workers
      .filter((worker) => worker.state === 'active' && canServe(worker, entry))
      .reduce((sum, { slots }) => sum + Math.floor(slots / slotCost), 0);
  }

  of(alias: string): ModelWorkers {
    return this.byModel.get(alias) ?? NONE;
  }
}

function having(workers: readonly RegisteredWorker[], entry: ModelEntry, at: Residency) {
  const holders = workers.filter(
    (worker) => canServe(worker, entry) && residentOf(worker.residency, entry)?.at === at,
  );
  return idsOf(holders);
}

function idsOf(workers: readonly RegisteredWorker[]): ReadonlySet<string> {
  return new Set(workers.map(({ id }) => id));
}
