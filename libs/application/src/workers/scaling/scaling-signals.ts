import type { ModelCatalogue, ModelEntry } from '../../ports/model-catalogue.js';
import type { QueueDepth, WorkQueue } from '../../ports/work-queue.js';
import type { WorkerRegistry } from '../../ports/worker-registry.js';
import { canServe, FleetView } from '../fleet-view.js';
import { desiredWorkers } from './desired-workers.js';

/** What an autoscaler goes by, of one model. */
export interface ModelScaling {
  readonly model: string;
  readonly ready: number;
  readonly leased: number;
  /** GPU time that the jobs that wait are expected to take. */
  readonly waitingGpuMs: number;
  readonly oldestReadySeconds: number;
  /** Workers that get work and could serve it, those of them that have it loaded, and of these the idle ones. */
  readonly serving: number;
  readonly loaded: number;
  readonly idle: number;
  readonly desired: number;
}

export interface Scaling {
  readonly targetWaitSeconds: number;
  readonly workers: Readonly<Record<'active' | 'cordoned' | 'draining' | 'gone', number>>;
  readonly models: readonly ModelScaling[];
}

export interface ScalingSignalsServices {
  readonly registry: Pick<WorkerRegistry, 'workers'>;
  readonly queue: Pick<WorkQueue, 'depth'>;
  readonly catalogue: Pick<ModelCatalogue, 'aliases' | 'resolve'>;
  readonly targetWaitSeconds: number;
}

const NO_WORK = { ready: 0, leased: 0, readyCost: 0, oldestReadySeconds: 0 };

/** How many workers each model should have by what waits for it. */
export class ScalingSignals {
  constructor(private readonly services: ScalingSignalsServices) {}

  /** @param targetWaitSeconds how long work may wait; as configured when absent */
  async read(targetWaitSeconds = this.services.targetWaitSeconds): Promise<Scaling> {
    const { registry, queue, catalogue } = this.services;
    const [workers, depth] = await Promise.all([registry.workers(), queue.depth()]);
    const view = new FleetView(workers, catalogue);
    const depthOf = new Map(depth.map((each) => [each.lane, each]));
    const states = { active: 0, cordoned: 0, draining: 0, gone: 0 };
    for (const { state } of workers) states[state] += 1;
    const models = catalogue.aliases.flatMap((alias) => {
      const entry = catalogue.resolve(alias);
      if (entry === undefined) return [];
      return [scalingOf(entry, view, depthOf.get(alias), targetWaitSeconds * 1_000)];
    });
    return { targetWaitSeconds, workers: states, models };
  }
}

function scalingOf(
  entry: ModelEntry,
  view: FleetView,
  depth: QueueDepth | undefined,
  targetWaitMs: number,
): ModelScaling {
  const { ready, leased, readyCost: readyMs, oldestReadySeconds } = depth ?? NO_WORK;
  const { loaded, idle } = view.of(entry.alias);
  const serving = view.workers.filter(
    (worker) => worker.state === 'active' && canServe(worker, entry),
  );
  const { slotCost = 1, loadSeconds = 0, warmFloor = 0 } = entry;
  const slots = serving.reduce((sum, worker) => sum + worker.slots, 0);
  const jobsAtOnce = Math.max(1, Math.floor(slots / Math.max(1, serving.length) / slotCost));
  const work = { ready, readyMs, leased, jobsAtOnce, loadMs: loadSeconds * 1_000, warmFloor };
  // Where nobody tells what is loaded, and loading takes no time, whoever serves it is warm.
  const warmWorkers = loadSeconds === 0 ? serving.length : loaded.size;
  return {
    model: entry.alias,
    ready,
    leased,
    waitingGpuMs: Math.round(readyMs),
    oldestReadySeconds,
    serving: serving.length,
    loaded: loaded.size,
    idle: idle.size,
    desired: desiredWorkers({ ...work, warmWorkers }, targetWaitMs),
  };
}
