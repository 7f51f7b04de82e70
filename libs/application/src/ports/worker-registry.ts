import type { OrderedStanding } from '@imprest/domain';

/** Where the weights of a model are on a worker: ready on the GPU, in its memory, on its disk. */
export type Residency = 'loaded' | 'memory' | 'disk';

/** One model that a worker has, by the provider's own name of it. */
export interface ResidentModel {
  readonly provider: string;
  readonly model: string;
  readonly at: Residency;
  /** Milliseconds of GPU time that it was used since it was loaded; of a loaded one only. */
  readonly gpuMs?: number;
  /** Milliseconds since it was loaded; of a loaded one only. */
  readonly loadedMs?: number;
}

/** What a worker says of itself when it begins. */
export interface WorkerDescription {
  readonly id: string;
  /** Of this process of it: a worker that is started anew takes the place of the old one. */
  readonly session: string;
  /** Public names of the models it serves; all of its providers' when null. */
  readonly models: readonly string[] | null;
  /** Providers it serves; all of its models' when null. */
  readonly providers: readonly string[] | null;
  /** Of all of its GPUs; null when it does not tell. */
  readonly vramBytes: number | null;
  readonly slots: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Of its software; null when it does not tell. */
  readonly version: string | null;
  readonly residency: readonly ResidentModel[];
}

export interface WorkerBeat {
  readonly id: string;
  readonly session: string;
  readonly residency: readonly ResidentModel[];
  /** Slots in use. */
  readonly usedSlots: number;
}

/** `gone`: it has left, or missed its beats. */
export type WorkerStanding = OrderedStanding | 'gone';

export interface RegisteredWorker extends WorkerDescription {
  readonly state: WorkerStanding;
  readonly usedSlots: number;
  readonly registeredAt: Date;
  readonly seenAt: Date;
}

/** What a beat met: `unknown` asks the worker to register, `replaced` says that another process has its name. */
export type BeatAnswer = OrderedStanding | 'unknown' | 'replaced';

/**
 * Which workers there are, what they can do and what they have loaded. Nothing in it is worth keeping: after a
 * loss every worker registers again within a beat, and what operators have decided is in the workers' streams.
 */
export interface WorkerRegistry {
  /** Takes the place of whatever was registered under the id. */
  register(worker: WorkerDescription, standing: OrderedStanding): Promise<void>;
  /** One answer for each, in their order. One statement for all. */
  beat(beats: readonly WorkerBeat[]): Promise<readonly BeatAnswer[]>;
  /** Of another session than the registered one: nothing happens. */
  leave(id: string, session: string): Promise<void>;
  /** False when there is no such worker. */
  order(id: string, standing: OrderedStanding): Promise<boolean>;
  /** By id; those gone for more than a day are forgotten. */
  workers(): Promise<readonly RegisteredWorker[]>;
  close(): Promise<void>;
}
