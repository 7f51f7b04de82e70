import { drawableTokens } from '@imprest/domain';
import { streamName, toDomainEvent } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { sealText, unsealText } from '../confidential/index.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { balanceAlertStream, tokenAccountStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import { CLOCK, DATA_KEYS, EVENT_STORE } from '../ports/tokens.js';

export interface BalanceAlert {
  readonly threshold: bigint;
  readonly url: string;
}

/** An alert that is set. */
export interface KnownAlert extends BalanceAlert {
  /** Of the URL, and of what is sent to it. */
  readonly dataKeyId: string;
}

/** What a message about a low balance says. */
export interface LowBalance {
  readonly available: bigint;
  readonly threshold: bigint;
  /** ISO 8601: when it was noticed. */
  readonly at: string;
  /** Of the request that used the tokens up. */
  readonly correlationId: string;
}

/** What receivers are told of it. */
export function lowBalanceBody({ available, threshold, at }: LowBalance) {
  const data = { available: Number(available), threshold: Number(threshold) };
  return { type: 'account.low_balance', timestamp: at, data };
}

/** Below how many tokens tenants want to hear of it, and what they were told. */
@Injectable()
export class BalanceAlerts {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(EVENT_STORE) private readonly store: Pick<EventStore, 'readStream'>,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined when nothing is to be told. */
  async get(tenantId: string): Promise<KnownAlert | undefined> {
    const [threshold, target] = await this.runner.read(balanceAlertStream, tenantId, (state) => [
      state.threshold,
      state.target,
    ]);
    if (threshold === null || target === null) return undefined;
    const { dataKeyId } = target;
    const key = (await this.dataKeys.open([dataKeyId])).get(dataKeyId);
    if (key === undefined) return undefined;
    return { threshold, url: unsealText(key, target.sealed, tenantId), dataKeyId };
  }

  /** Safe to repeat. A balance that is low already is told at once. @throws DomainFailure validation_error */
  async set(tenantId: string, alert: BalanceAlert, context: CommandContext): Promise<void> {
    const known = await this.get(tenantId);
    if (known?.threshold === alert.threshold && known.url === alert.url) return;
    const replaced = await this.target(tenantId);
    const key = await this.dataKeys.take();
    const target = { sealed: sealText(key, alert.url, tenantId), dataKeyId: key.id };
    const { threshold } = alert;
    const command = { type: 'SetBalanceAlert', threshold, target } as const;
    const result = await this.runner.run(balanceAlertStream, tenantId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    if (replaced !== null) await this.dataKeys.destroy([replaced.dataKeyId]);
    await this.look(tenantId, context);
  }

  /** Safe to repeat. */
  async clear(tenantId: string, context: CommandContext): Promise<void> {
    const target = await this.target(tenantId);
    const command = { type: 'ClearBalanceAlert' } as const;
    await this.runner.run(balanceAlertStream, tenantId, command, context);
    if (target !== null) await this.dataKeys.destroy([target.dataKeyId]);
  }

  /** Looks at the account as it is now. Safe to repeat and in any order. */
  async look(tenantId: string, context: CommandContext): Promise<void> {
    const now = this.clock.now().toISOString();
    const [available, accountRevision] = await this.runner.read(
      tokenAccountStream,
      tenantId,
      (account, revision) => [drawableTokens(account, now), revision] as const,
    );
    const command = { type: 'ObserveBalance', available, accountRevision } as const;
    await this.runner.run(balanceAlertStream, tenantId, command, context);
  }

  /** Undefined for a crossing that never was. */
  async crossing(tenantId: string, number: number): Promise<LowBalance | undefined> {
    for await (const page of this.store.readStream(streamName('balanceAlert', tenantId))) {
      for (const recorded of page) {
        const event = toDomainEvent(recorded);
        if (event.type !== 'BalanceFellLow' || event.data.crossing !== number) continue;
        const { available, threshold } = event.data;
        const { occurredAt: at, correlationId } = recorded.metadata;
        return { available, threshold, at, correlationId };
      }
    }
    return undefined;
  }

  private target(tenantId: string) {
    return this.runner.read(balanceAlertStream, tenantId, (state) => state.target);
  }
}
