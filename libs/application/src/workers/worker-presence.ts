import type { DeciderRunner } from '../deciding/decider-runner.js';
import { workerStream } from '../deciding/stream-types.js';
import type { LeaseClaim, UnclaimedLeases } from '../orchestration/unclaimed-leases.js';
import type { LeaseRef } from '../ports/work-queue.js';
import type {
  BeatAnswer,
  WorkerBeat,
  WorkerDescription,
  WorkerRegistry,
} from '../ports/worker-registry.js';
import type { WorkerFleet } from './worker-fleet.js';

export interface WorkerPresenceServices {
  readonly runner: DeciderRunner;
  readonly registry: WorkerRegistry;
  readonly fleet: WorkerFleet;
  readonly unclaimed: UnclaimedLeases;
  readonly observer: { troubled(what: string, error: unknown): void };
}

export interface PresentWorker extends WorkerBeat {
  /** All leases that the worker knows it has. */
  readonly held: readonly LeaseRef[];
}

interface WaitingBeat {
  readonly beat: PresentWorker;
  answer(answer: BeatAnswer): void;
  fail(error: unknown): void;
}

/** Beats that come within so long are one write. */
const GATHER_MS = 500;
const MOST_AT_ONCE = 1_000;

/** Workers come, say that they live, and leave. */
export class WorkerPresence {
  private waiting: WaitingBeat[] = [];
  private gathering: NodeJS.Timeout | undefined;

  constructor(private readonly services: WorkerPresenceServices) {}

  /** What operators have decided about the name holds for every process that has it. @returns that */
  async register(worker: WorkerDescription): Promise<Exclude<BeatAnswer, 'unknown' | 'replaced'>> {
    const { runner, registry, fleet } = this.services;
    const standing = await runner.read(workerStream, worker.id, (state) => state.standing);
    await registry.register(worker, standing);
    fleet.forget();
    return standing;
  }

  /** Answered with those of other workers that come within half a second. */
  beat(beat: PresentWorker): Promise<BeatAnswer> {
    return new Promise((answer, fail) => {
      this.waiting.push({ beat, answer, fail });
      this.gathering ??= setTimeout(() => void this.flush(), GATHER_MS);
    });
  }

  /** The worker asks for no more work, and goes on with what it names. */
  async leave(claim: LeaseClaim): Promise<void> {
    const { registry, fleet, unclaimed } = this.services;
    await unclaimed.ofLeaving(claim);
    if (claim.session === undefined) return;
    await registry.leave(claim.workerId, claim.session);
    fleet.forget();
  }

  /** Answers all beats that wait. */
  async flush(): Promise<void> {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    const waiting = this.waiting;
    this.waiting = [];
    for (let start = 0; start < waiting.length; start += MOST_AT_ONCE) {
      await this.write(waiting.slice(start, start + MOST_AT_ONCE));
    }
  }

  private async write(waiting: readonly WaitingBeat[]): Promise<void> {
    try {
      // The last word of each counts; a registry takes one row for each.
      const latest = new Map(waiting.map(({ beat }) => [`${beat.id}\n${beat.session}`, beat]));
      const beats = [...latest.values()];
      const rows = beats.map(({ held: _, ...row }) => row);
      const answers = await this.services.registry.beat(rows);
      const answerOf = new Map(beats.map((beat, index) => [beat, answers[index] ?? 'unknown']));
      for (const { beat, answer } of waiting) {
        const last = latest.get(`${beat.id}\n${beat.session}`) ?? beat;
        answer(answerOf.get(last) ?? 'unknown');
      }
      await this.takeBackUnclaimed(beats);
    } catch (error) {
      for (const { fail } of waiting) fail(error);
    }
  }

  private async takeBackUnclaimed(beats: readonly PresentWorker[]): Promise<void> {
    const claims = beats.map(({ id: workerId, session, held }) => ({ workerId, session, held }));
    try {
      await this.services.unclaimed.ofBeating(claims);
    } catch (error) {
      this.services.observer.troubled('taking back leases that workers never had', error);
    }
  }
}
