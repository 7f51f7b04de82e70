import { ProviderError } from '@imprest/application';
import type { ComfyuiApi } from '../protocol/comfyui-api.js';
import type { ProgressEvent, ProgressSocket } from '../protocol/progress-socket.js';
import type { FinishedRun, RunState } from '../protocol/run-state.js';
import { Wake } from './wake.js';

export interface FollowOptions {
  /** Between two questions while no socket tells how it goes. */
  readonly pollMs: number;
  /** The same while one does. */
  readonly slowPollMs: number;
  /** How long the server may be out of reach. */
  readonly lostMs: number;
}

/** An answer may fall between the moments in which a server moves a run from one list to the next. */
const TIMES_ABSENT = 3;
/** The run is over, its outputs are not listed yet. */
const SOON_MS = 50;

/**
 * Waits for the end of a run. The socket only says when to look and how far it is: what counts is what the server lists,
 * so a socket that is cut or silent costs time and nothing else.
 */
export class RunFollower {
  private readonly wake = new Wake();
  private timesAbsent = 0;
  private lostAt: number | undefined;
  private hasEnded = false;

  constructor(
    private readonly api: ComfyuiApi,
    private readonly socket: ProgressSocket,
    private readonly options: FollowOptions,
    private readonly onEvent: (event: ProgressEvent) => void,
  ) {}

  /**
   * @returns undefined when the server knows no such run
   * @throws ProviderError: how the run failed, `unknown` when the server stays out of reach, `cancelled`
   */
  async ended(id: string, signal: AbortSignal): Promise<FinishedRun | undefined> {
    this.socket.listen((event) => this.hear(event));
    try {
      for (;;) {
        const state = await this.look(id, signal);
        if (state?.state === 'finished') return state;
        if (state?.state === 'absent' && this.timesAbsent >= TIMES_ABSENT) return undefined;
        throwIfOver(state, signal);
        await this.wake.wait(this.pauseMs(state), signal);
      }
    } finally {
      this.socket.listen(undefined);
    }
  }

  private hear(event: ProgressEvent): void {
    this.onEvent(event);
    const isLast = event.type === 'node' && event.node === null;
    if (isLast || event.type === 'ended') this.hasEnded = true;
    if (isLast || event.type === 'ended' || event.type === 'closed') this.wake.now();
  }

  private pauseMs(state: RunState | undefined): number {
    if (this.hasEnded || state?.state === 'absent') return Math.min(SOON_MS, this.options.pollMs);
    return this.socket.isOpen ? this.options.slowPollMs : this.options.pollMs;
  }

  /** Undefined while the server is out of reach. */
  private async look(id: string, signal: AbortSignal): Promise<RunState | undefined> {
    try {
      const state = await this.api.stateOf(id, signal);
      this.lostAt = undefined;
      this.timesAbsent = state.state === 'absent' ? this.timesAbsent + 1 : 0;
      return state;
    } catch (error) {
      if (!(error instanceof ProviderError) || error.failureClass !== 'infrastructure') throw error;
      this.lostAt ??= performance.now();
      if (performance.now() - this.lostAt < this.options.lostMs) return undefined;
      const message = `nothing is known of a submitted run: ${error.message}`;
      throw new ProviderError('unknown', message, { cause: error });
    }
  }
}

function throwIfOver(state: RunState | undefined, signal: AbortSignal): void {
  if (signal.aborted) throw new ProviderError('cancelled', 'the rendering was cancelled');
  if (state?.state === 'failed') throw state.failure;
  if (state?.state === 'interrupted') {
    throw new ProviderError('infrastructure', 'the run was interrupted at the server');
  }
}
