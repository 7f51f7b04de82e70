import {
  BalanceAlerts,
  EVENT_STORE,
  type EventStore,
  endpointDisabledBody,
  loadGeneration,
  lowBalanceBody,
  WebhookEndpoints,
} from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import type { FeedEntry } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';

export interface ToldEvent {
  readonly id: string;
  readonly type: FeedEntry['type'];
  readonly occurredAt: string;
  readonly body: object | null;
}

/** Renders what a webhook would say of the same event at the same time. */
@Injectable()
export class EventBodies {
  constructor(
    private readonly records: GenerationRecords,
    private readonly alerts: BalanceAlerts,
    private readonly endpoints: WebhookEndpoints,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async told(tenantId: string, entry: FeedEntry): Promise<ToldEvent> {
    const { eventId: id, type, occurredAt } = entry;
    const body = await this.of(tenantId, entry);
    return { id, type, occurredAt: occurredAt.toISOString(), body };
  }

  /** Null when the content was erased. */
  private async of(tenantId: string, { type, subjectId }: FeedEntry): Promise<object | null> {
    if (type === 'account.low_balance') {
      const fall = await this.alerts.crossing(tenantId, Number(subjectId));
      return fall === undefined ? null : lowBalanceBody(fall);
    }
    if (type === 'endpoint.disabled') {
      const known = await this.endpoints.list(tenantId);
      const endpoint = known.find(({ id }) => id === subjectId);
      return (endpoint && endpointDisabledBody(endpoint)) ?? null;
    }
    const view = await loadGeneration(this.store, subjectId);
    const input = view && (await this.records.input(view));
    return view === undefined || input === undefined ? null : this.records.told(view, input);
  }
}
