import type { Principal } from '@imprest/application';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { API_KEY_USAGE } from '../tokens.js';

export interface KeyUse {
  requests: number;
  lastUsedMs: number;
}

/** Where uses end up; several processes add to the same rows. */
export interface ApiKeyUsageSink {
  record(uses: ReadonlyMap<string, KeyUse>): Promise<void>;
}

const FLUSH_MS = 5_000;

/** Counts uses in memory and writes them every few seconds: no request waits for it. */
@Injectable()
export class ApiKeyUsageRecorder implements OnModuleDestroy {
  private uses = new Map<string, KeyUse>();
  private readonly timer = setInterval(() => void this.flush(), FLUSH_MS).unref();

  constructor(@Inject(API_KEY_USAGE) private readonly sink: ApiKeyUsageSink) {}

  readonly used = ({ apiKeyId }: Principal, nowMs: number): void => {
    const use = this.uses.get(apiKeyId);
    if (use === undefined) {
      this.uses.set(apiKeyId, { requests: 1, lastUsedMs: nowMs });
    } else {
      use.requests += 1;
      use.lastUsedMs = nowMs;
    }
  };

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Last use is a help for housekeeping, not a fact of the books: a failed write drops the counts. */
  private async flush(): Promise<void> {
    if (this.uses.size === 0) return;
    const uses = this.uses;
    this.uses = new Map();
    await this.sink.record(uses).catch(() => undefined);
  }
}
