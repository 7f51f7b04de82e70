import { Inject, Injectable } from '@nestjs/common';
import { ConsumerHost } from '../consumers/consumer-host.js';
import type { EngineCheck } from '../infrastructure/engine-checks.js';
import { ENGINE_CHECKS, SERVICE } from '../tokens.js';
import type { Part, Service } from './services.js';

export interface Check {
  readonly ok: boolean;
  readonly detail: string;
  /** Whether the process is unready while this is not ok. */
  readonly needed: boolean;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, Check>>;
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
    @Inject(SERVICE) private readonly service: Service,
    @Inject(ENGINE_CHECKS) private readonly engines: readonly EngineCheck[],
  ) {}

  /** From now on the process asks to be left out of load balancing. */
  drain(): void {
    this.draining = true;
  }

  async readiness(): Promise<Readiness> {
    const checks: Record<string, Check> = {};
    if (this.draining) checks.process = { ok: false, detail: 'shutting down', needed: true };
    const looked = this.engines.filter(({ part }) => this.needs(part) || this.mentions(part));
    const found = await Promise.all(looked.map((engine) => this.look(engine)));
    looked.forEach(({ part }, index) => {
      checks[part] = found[index] as Check;
    });
    const needed = this.needs('consumers');
    const parked = this.consumers.parkedStreamCounts;
    for (const { consumer, failing, lagSeconds } of this.consumers.statuses) {
      const ok = failing === undefined && lagSeconds <= MOST_LAG_SECONDS;
      const standing = failing === undefined ? `${lagSeconds.toFixed(1)} s behind` : 'failing';
      const waiting = parked.get(consumer) ?? 0;
      const detail = waiting === 0 ? standing : `${standing}, streams parked: ${waiting}`;
      checks[`consumer ${consumer}`] = { ok, detail, needed };
    }
    return { ready: Object.values(checks).every(({ ok, needed }) => ok || !needed), checks };
  }

  private async look({ part, look }: EngineCheck): Promise<Check> {
    const needed = this.needs(part);
    try {
      return { ok: true, detail: await within(PROBE_MS, look()), needed };
    } catch (error) {
      const detail = error instanceof Error && error.message !== '' ? error.message : 'failed';
      return { ok: false, detail, needed };
    }
  }

  private needs(part: Part): boolean {
    return this.service.needs.includes(part);
  }

  private mentions(part: Part): boolean {
    return this.service.mentions.includes(part);
  }
}
