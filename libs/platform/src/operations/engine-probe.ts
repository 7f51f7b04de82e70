import { EVENT_STORE, type EventStore } from '@imprest/application';
import { Inject, Injectable } from '@nestjs/common';
import { ConsumerHost } from '../consumers/consumer-host.js';

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail: string }>>;
}

const PROBE_MS = 2_000;
/** A consumer this far behind keeps the process from taking more work. */
const MOST_LAG_SECONDS = 300;

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Whether this process can keep what it promises, engine by engine and consumer by consumer. */
@Injectable()
export class EngineProbe {
  private draining = false;

  constructor(
    private readonly consumers: ConsumerHost,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** From now on the process asks to be left out of load balancing. */
  drain(): void {
    this.draining = true;
  }

  async readiness(): Promise<Readiness> {
    const checks: Record<string, { ok: boolean; detail: string }> = {};
    if (this.draining) checks.process = { ok: false, detail: 'shutting down' };
    try {
      const head = await within(PROBE_MS, this.store.head());
      checks.eventStore = { ok: true, detail: `head at ${head}` };
    } catch (error) {
      checks.eventStore = { ok: false, detail: error instanceof Error ? error.message : 'failed' };
    }
    for (const { consumer, failing, lagSeconds } of this.consumers.statuses) {
      const ok = failing === undefined && lagSeconds <= MOST_LAG_SECONDS;
      const detail = failing === undefined ? `${lagSeconds.toFixed(1)} s behind` : 'failing';
      checks[`consumer ${consumer}`] = { ok, detail };
    }
    return { ready: Object.values(checks).every(({ ok }) => ok), checks };
  }
}
