import { EVENT_STORE, type EventStore, eventAt } from '@imprest/application';
import { streamName } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import { type AnyKind, type FoundAnywhere, streamPath } from './found-anywhere.js';

interface Told {
  readonly kind: AnyKind;
  /** The stream itself when absent. */
  readonly path?: (id: string) => string;
}

/** What a stream with an id of its own is about; of several with one id the first says what it is. */
const CATEGORIES: Readonly<Record<string, Told>> = {
  tenant: { kind: 'tenant', path: (id) => `/admin/v1/tenants/${id}` },
  generation: { kind: 'generation', path: (id) => `/admin/v1/generations/${id}/timeline` },
  apiKey: { kind: 'key' },
  endUser: { kind: 'end_user' },
  user: { kind: 'user' },
  character: { kind: 'character' },
  referenceConsent: { kind: 'reference' },
  topUp: { kind: 'top_up', path: (id) => `/admin/v1/top-ups/${id}` },
  webhookMessage: { kind: 'webhook_message' },
  worker: { kind: 'worker', path: () => '/admin/v1/workers' },
  auditFinding: { kind: 'finding', path: () => '/admin/v1/ledger/findings' },
  auditRun: { kind: 'audit' },
  moderationCase: { kind: 'moderation_case', path: (id) => `/admin/v1/moderation/cases/${id}` },
  modelBreaker: { kind: 'model', path: () => '/admin/v1/model-breakers' },
  consumer: { kind: 'consumer', path: () => '/admin/v1/parked' },
};

/** Things that have a stream of their own: one look for each kind of stream says what an id is. */
@Injectable()
export class StreamFinder {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async find(id: string): Promise<readonly FoundAnywhere[]> {
    const found = await Promise.all(
      Object.entries(CATEGORIES).map(([category, told]) => this.look(category, told, id)),
    );
    return found.flatMap((each) => each ?? []);
  }

  private async look(
    category: string,
    { kind, path }: Told,
    id: string,
  ): Promise<FoundAnywhere | undefined> {
    const stream = streamName(category, id);
    const first = await eventAt(this.store, { stream, revision: 0 });
    if (first === undefined) return undefined;
    const named = first.data.tenantId;
    const tenantId = typeof named === 'string' ? named : kind === 'tenant' ? id : null;
    return { kind, id, tenantId, path: path?.(id) ?? streamPath(stream) };
  }
}
