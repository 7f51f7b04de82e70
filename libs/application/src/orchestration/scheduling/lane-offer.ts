import type { Residency } from '../../ports/worker-registry.js';

/** The worker that asks. */
export interface Room {
  readonly freeSlots: number;
  /** In all; null when it does not tell. */
  readonly slots: number | null;
  /** Null when it does not tell: then whatever is loaded has to go for anything else. */
  readonly vramBytes: number | null;
}

/** A lane that the worker can serve, a model that is. Other workers are those at work, the asking one excluded. */
export interface LaneFacts {
  readonly lane: string;
  /** On the worker that asks; null when it has to be fetched. */
  readonly residency: Residency | null;
  /** GPU time it was used since it was loaded, of a loaded one. */
  readonly gpuMs: number;
  /** Since it was loaded, of a loaded one. */
  readonly loadedMs: number;
  readonly vramBytes: number | null;
  readonly slotCost: number;
  /** GPU time that it is kept for when it was loaded once. */
  readonly holdMs: number;
  /** Workers that are to keep it loaded. */
  readonly warmFloor: number;
  /** Other workers that have it loaded. */
  readonly loadedElsewhere: number;
  /** Those of them with a free slot. */
  readonly idleElsewhere: number;
  /** Other workers that could serve it and are not kept from it by a warm floor. */
  readonly servedElsewhere: number;
  /** How long the oldest of its work waits; 0 when there is none. */
  readonly waitingMs: number;
}

export interface LaneOffer {
  /** Best first; within one the queue's fair order decides. */
  readonly tiers: readonly (readonly string[])[];
  /** Of those, the lanes whose model would push out what is loaded. */
  readonly swaps: ReadonlySet<string>;
}

/** Work that waits so long is served although the model has to be swapped in, or slots have to be kept free for it. */
export const PATIENCE_MS = 30_000;
/** Time for a worker that has the model loaded and nothing to do to take the work itself. */
export const COURTESY_MS = 1_500;

const RESIDENCIES: readonly (Residency | null)[] = ['loaded', 'memory', 'disk', null];

const NOTHING: LaneOffer = { tiers: [], swaps: new Set() };

/**
 * Which lanes a worker is offered, and in what order: what it has loaded before what it has in memory before what it
 * has on disk. A model that was loaded is kept for its hold, unless nothing else is to be done: no worker idles
 * while there is work that only it could do. A model whose warm floor would be missed stays as long as somebody else
 * can do the other work.
 */
export function laneOffer(room: Room, lanes: readonly LaneFacts[]): LaneOffer {
  const loaded = lanes.filter(({ residency }) => residency === 'loaded');
  const isIdle = room.slots === null || room.freeSlots >= room.slots;
  const swaps = new Set<string>();
  const ranked: { readonly lane: string; readonly rank: number }[] = [];
  for (const facts of lanes) {
    const { lane, slotCost, waitingMs } = facts;
    const swap = facts.residency !== 'loaded' && !hasSpace(room, loaded, facts);
    if (swap && isBound(loaded, facts)) continue;
    const held = swap && isHeld(loaded, facts);
    if (slotCost > room.freeSlots || (swap && !isIdle)) {
      const comes = slotCost <= (room.slots ?? room.freeSlots);
      // What runs will end: taking more would keep the lane from its turn for ever.
      if (comes && !held && !isIdle && waitingMs >= PATIENCE_MS) return NOTHING;
      continue;
    }
    if (swap && facts.idleElsewhere > 0 && waitingMs < COURTESY_MS) continue;
    if (swap) swaps.add(lane);
    ranked.push({ lane, rank: rankOf(facts, held) });
  }
  return { tiers: grouped(ranked), swaps };
}

/** 0 is best: loaded, or to be loaded because its work would have to wait else. */
function rankOf({ residency, loadedElsewhere, waitingMs }: LaneFacts, held: boolean): number {
  const nearness = RESIDENCIES.indexOf(residency);
  if (held) return nearness + RESIDENCIES.length;
  return waitingMs >= PATIENCE_MS || (loadedElsewhere === 0 && waitingMs > 0) ? 0 : nearness;
}

/** Whether the model goes beside those that are loaded. */
function hasSpace(room: Room, loaded: readonly LaneFacts[], { vramBytes }: LaneFacts): boolean {
  if (loaded.length === 0) return true;
  if (room.vramBytes === null || vramBytes === null) return false;
  const taken = loaded.map((facts) => facts.vramBytes ?? Number.POSITIVE_INFINITY);
  return taken.reduce((sum, bytes) => sum + bytes, vramBytes) <= room.vramBytes;
}

/** By GPU time; by the clock for work that nobody else can do, so that no hold keeps it waiting for ever. */
function isHeld(loaded: readonly LaneFacts[], { servedElsewhere }: LaneFacts): boolean {
  return loaded.some(({ gpuMs, loadedMs, holdMs }) => {
    return (servedElsewhere > 0 ? gpuMs : Math.max(gpuMs, loadedMs)) < holdMs;
  });
}

/** Whether a warm floor would be missed for work that somebody else can do. */
function isBound(loaded: readonly LaneFacts[], { servedElsewhere }: LaneFacts): boolean {
  if (servedElsewhere === 0) return false;
  return loaded.some(({ warmFloor, loadedElsewhere }) => loadedElsewhere < warmFloor);
}

function grouped(ranked: readonly { lane: string; rank: number }[]): readonly string[][] {
  const ranks = [...new Set(ranked.map(({ rank }) => rank))].sort((one, other) => one - other);
  return ranks.map((rank) => ranked.filter((each) => each.rank === rank).map(({ lane }) => lane));
}
