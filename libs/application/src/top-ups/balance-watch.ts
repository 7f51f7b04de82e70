import { type RecordedEvent, streamCategory, streamId } from '@imprest/event-catalogue';
import type { Reactor } from '../consuming/consumer.js';
import { type EventStore, START_OF_STORE } from '../ports/event-store.js';
import type { BalanceAlerts } from './balance-alerts.js';

/** Together they let 50,000 events a second through, which no account makes. */
const BETWEEN_LOOKS_MS = 100;
const EVENTS_AT_ONCE = 5_000;
const LOOKS_AT_ONCE = 16;

/**
 * Looks at accounts that moved, once for each batch and ten times a second at most, and only at those whose tenants
 * want to hear of a low balance. It looks at the account as it is at that time: a dip between two looks
 * is not told, and a fall is told once however often its events are met.
 */
export class BalanceWatch implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'balance-watch';
  readonly categories = ['tokenAccount', 'balanceAlert'];
  readonly minimumIntervalMs = BETWEEN_LOOKS_MS;
  readonly batchSize = EVENTS_AT_ONCE;
  /** Tenants with an alert; undefined until it was looked up who they are. */
  private alerted: Set<string> | undefined;
  private moved = new Map<string, RecordedEvent>();

  constructor(
    private readonly alerts: Pick<BalanceAlerts, 'look'>,
    private readonly store: Pick<EventStore, 'readAll'>,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    const tenantId = streamId(event.stream);
    if (streamCategory(event.stream) === 'tokenAccount') this.moved.set(tenantId, event);
    else if (this.alerted !== undefined) note(this.alerted, event);
  }

  async flush(): Promise<void> {
    this.alerted ??= await this.lookUpAlerted();
    const due = [...this.moved].filter(([tenantId]) => this.alerted?.has(tenantId));
    for (let from = 0; from < due.length; from += LOOKS_AT_ONCE) {
      await Promise.all(
        due.slice(from, from + LOOKS_AT_ONCE).map(([tenantId, event]) =>
          this.alerts.look(tenantId, {
            correlationId: event.metadata.correlationId,
            causationId: event.eventId,
            actor: { kind: 'system', id: this.name },
          }),
        ),
      );
    }
    this.moved = new Map();
  }

  private async lookUpAlerted(): Promise<Set<string>> {
    const alerted = new Set<string>();
    const pages = this.store.readAll({ after: START_OF_STORE, categories: ['balanceAlert'] });
    for await (const page of pages) for (const event of page) note(alerted, event);
    return alerted;
  }
}

function note(alerted: Set<string>, { type, stream }: RecordedEvent): void {
  if (type === 'BalanceAlertSet') alerted.add(streamId(stream));
  else if (type === 'BalanceAlertCleared') alerted.delete(streamId(stream));
}
