import type { ModelBreakers } from '../../model-breakers/model-breakers.js';
import type { Clock } from '../../ports/clock.js';
import type { ModelCatalogue, ModelEntry } from '../../ports/model-catalogue.js';
import type { WorkQueue } from '../../ports/work-queue.js';
import type { RegisteredWorker, ResidentModel } from '../../ports/worker-registry.js';
import { type FleetView, residentOf } from '../../workers/fleet-view.js';
import type { WorkerFleet } from '../../workers/worker-fleet.js';
import { lanesServed, type WorkerAbilities } from '../lanes-served.js';
import { type LaneFacts, type LaneOffer, laneOffer } from './lane-offer.js';

export interface LaneSchedulerServices {
  readonly catalogue: ModelCatalogue;
  readonly fleet: WorkerFleet;
  readonly queue: Pick<WorkQueue, 'depth'>;
  readonly clock: Clock;
  readonly breakers: Pick<ModelBreakers, 'verdict'>;
}

export interface LaneRequest extends WorkerAbilities {
  readonly workerId: string;
  readonly session?: string;
  /** Free slots. */
  readonly limit: number;
  /** What the worker has now; as the registry knows it when absent. */
  readonly residency?: readonly ResidentModel[];
}

/** Lanes to lease from, best first; undefined in the place of a tier for all lanes there are. */
export interface LaneChoice {
  readonly tiers: readonly (readonly string[] | undefined)[];
  readonly swaps: LaneOffer['swaps'];
  /** Lanes of broken models, from which one job may be leased to see whether they work again. */
  readonly probes: readonly string[];
}

/** How long what waits in the queue is known for. */
const DEPTH_FRESH_MS = 1_000;
/** So much longer than its load a model is kept when nothing else is said. */
const HOLD_FOR_LOADS = 4;

const NO_SWAPS: LaneOffer['swaps'] = new Set();
const NOTHING: LaneChoice = { tiers: [], swaps: NO_SWAPS, probes: [] };

/** Gathers what `laneOffer` decides by. */
export class LaneScheduler {
  private waiting: ReadonlyMap<string, number> = new Map();
  private waitingReadAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly services: LaneSchedulerServices) {}

  /** @throws DomainFailure validation_error when the worker can do nothing that is sold */
  async choose(request: LaneRequest): Promise<LaneChoice> {
    const { catalogue, fleet } = this.services;
    const served = lanesServed(catalogue, request);
    const { shut, probes } = await this.services.breakers.verdict();
    const lanes = without(served, shut, catalogue.aliases);
    const due = served === undefined ? probes : probes.filter((lane) => served.includes(lane));
    const view = await fleet.current();
    const state = view.worker(request.workerId)?.state;
    if (state === 'cordoned' || state === 'draining') return NOTHING;
    const self = registered(view, request);
    const residency = request.residency ?? self?.residency ?? [];
    const entries = (lanes ?? catalogue.aliases).flatMap((lane) => catalogue.resolve(lane) ?? []);
    const isPlain = residency.length === 0 && entries.every(({ slotCost = 1 }) => slotCost === 1);
    if (isPlain) return { tiers: [lanes], swaps: NO_SWAPS, probes: due };
    const waiting = await this.waitingMs();
    const facts = entries.map((entry) =>
      laneFacts(entry, request.workerId, residency, view, waiting.get(entry.alias) ?? 0),
    );
    const { slots = null, vramBytes = null } = self ?? {};
    const offer = laneOffer({ freeSlots: request.limit, slots, vramBytes }, facts);
    return { ...offer, probes: due };
  }

  slotCost(lane: string): number {
    return this.services.catalogue.resolve(lane)?.slotCost ?? 1;
  }

  /** Of each lane that has ready work. */
  private async waitingMs(): Promise<ReadonlyMap<string, number>> {
    const nowMs = this.services.clock.now().getTime();
    if (nowMs - this.waitingReadAtMs < DEPTH_FRESH_MS) return this.waiting;
    const depth = await this.services.queue.depth();
    const ready = depth.filter((each) => each.ready > 0);
    this.waiting = new Map(
      ready.map(({ lane, oldestReadySeconds }) => [lane, Math.max(1, oldestReadySeconds * 1_000)]),
    );
    this.waitingReadAtMs = nowMs;
    return this.waiting;
  }
}

/** Undefined for all lanes there are, while all are open. */
function without(
  lanes: readonly string[] | undefined,
  shut: ReadonlySet<string>,
  all: readonly string[],
): readonly string[] | undefined {
  return shut.size === 0 ? lanes : (lanes ?? all).filter((lane) => !shut.has(lane));
}

/** Only as the process that asks: another one under its name says nothing about this one's GPU. */
function registered(
  view: FleetView,
  { workerId, session }: LaneRequest,
): RegisteredWorker | undefined {
  const worker = view.worker(workerId);
  return worker?.session === session ? worker : undefined;
}

function laneFacts(
  entry: ModelEntry,
  workerId: string,
  residency: readonly ResidentModel[],
  view: FleetView,
  waitingMs: number,
): LaneFacts {
  const resident = residentOf(residency, entry);
  const { loaded, idle, free } = view.of(entry.alias);
  const others = (workers: ReadonlySet<string>) => workers.size - (workers.has(workerId) ? 1 : 0);
  const { holdSeconds = HOLD_FOR_LOADS * (entry.loadSeconds ?? 0) } = entry;
  return {
    lane: entry.alias,
    residency: resident?.at ?? null,
    gpuMs: resident?.gpuMs ?? 0,
    loadedMs: resident?.loadedMs ?? 0,
    vramBytes: entry.vramBytes ?? null,
    slotCost: entry.slotCost ?? 1,
    holdMs: holdSeconds * 1_000,
    warmFloor: entry.warmFloor ?? 0,
    loadedElsewhere: others(loaded),
    idleElsewhere: others(idle),
    servedElsewhere: others(free),
    waitingMs,
  };
}
