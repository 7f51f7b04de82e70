import { pause, type WorkOrder } from '@imprest/application';
import type { Logger } from 'pino';
import type { OrchestratorClient, WorkerState } from '../orchestrator/orchestrator-client.js';
import { isKind } from '../orchestrator/orchestrator-error.js';
import type { ResidentModels } from './resident-models.js';

export interface PresenceOptions {
  readonly client: OrchestratorClient;
  readonly workerId: string;
  /** Of this process. */
  readonly session: string;
  readonly providers: readonly string[];
  readonly slots: number;
  readonly vramBytes: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly version: string | undefined;
  readonly models: ResidentModels;
  /** Asks the providers' servers what they have loaded. */
  readonly look: (signal: AbortSignal) => Promise<void>;
  /** All that the worker has under way. */
  readonly held: () => readonly WorkOrder[];
  readonly logger: Logger;
}

const FIRST_BEAT_MS = 10_000;
/** Until it is registered. */
const AGAIN_MS = 1_000;
/** Leaving is a courtesy: without it an order that was lost waits for its lease to run out. */
const LEAVE_MS = 2_000;

/** Slots of a worker that an order takes. */
export function slotsOf({ slots = 1 }: Pick<WorkOrder, 'slots'>): number {
  return slots;
}

/** Registers the worker and beats for it. One that nobody registers gets work as well, so nothing here is fatal. */
export class Presence {
  private state: WorkerState = 'unknown';
  private beatMs = FIRST_BEAT_MS;
  private change = changeToCome();
  private readonly beating: Promise<void>;
  private readonly stopping = new AbortController();

  constructor(private readonly options: PresenceOptions) {
    this.beating = this.run();
  }

  /** No new work: what is under way is all that there will be. */
  get isDraining(): boolean {
    return this.state === 'draining';
  }

  /** Resolves when the orchestrator says something else than now. */
  get news(): Promise<void> {
    return this.change.heard;
  }

  /** Says what the worker goes on with: an order may have been on its way that it will never see. */
  async leave(): Promise<void> {
    const { client, workerId, session, held, logger } = this.options;
    this.stopping.abort();
    await this.beating;
    try {
      await client.leave(workerId, session, held(), LEAVE_MS);
    } catch (error) {
      logger.warn({ err: error }, 'the orchestrator was not told of the end');
    }
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.options.look(signal);
        const state = this.state === 'unknown' ? await this.register() : await this.beat();
        this.become(state);
        if (state === 'replaced') return;
      } catch (error) {
        if (signal.aborted) return;
        this.options.logger.warn({ err: error }, 'the orchestrator did not hear of this worker');
        // One that knows nothing of registrations will not learn of them while this worker runs.
        if (isKind(error, 'refused')) return;
      }
      await pause(this.state === 'unknown' ? AGAIN_MS : this.spread(), signal);
    }
  }

  private become(state: WorkerState): void {
    if (state === this.state) return;
    this.state = state;
    const { logger, workerId } = this.options;
    logger.info({ worker: workerId, state }, 'what the orchestrator says of this worker');
    const { tell } = this.change;
    this.change = changeToCome();
    tell();
  }

  private async register(): Promise<WorkerState> {
    const { client, workerId, session, providers, slots, vramBytes, labels, version, models } =
      this.options;
    const abilities = { session, providers, slots, vramBytes, labels, version };
    const registration = { ...abilities, residency: models.list() };
    const { signal } = this.stopping;
    const answer = await client.register(workerId, registration, signal);
    this.beatMs = answer.heartbeatSeconds * 1_000;
    return answer.state;
  }

  private beat(): Promise<WorkerState> {
    const { client, workerId, session, models, held } = this.options;
    const orders = held();
    const usedSlots = orders.reduce((sum, order) => sum + slotsOf(order), 0);
    const beat = { session, residency: models.list(), held: orders, usedSlots };
    return client.beat(workerId, beat, this.stopping.signal);
  }

  /** So that workers that were started at once do not beat at once for ever. */
  private spread(): number {
    return this.beatMs * (0.9 + Math.random() * 0.2);
  }
}

function changeToCome(): { readonly heard: Promise<void>; readonly tell: () => void } {
  let tell = () => {};
  const heard = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { heard, tell };
}
