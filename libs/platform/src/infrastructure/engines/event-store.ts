import type { EventStore } from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import type { Logger } from 'pino';
import type { Config } from '../../config/index.js';
import type { Metrics } from '../../metrics/metrics.js';
import { noTracing, type Tracing } from '../../tracing/index.js';
import { TracedEventStore } from '../../tracing/traced-event-store.js';

/** What the metrics and the log hear of an event store, whichever it is. */
export function eventStoreObserver(metrics: Metrics, logger: Logger) {
  return {
    appended: (events: number, _appends: number, seconds: number) => {
      metrics.appendedEvents.inc(events);
      metrics.appends.observe(seconds);
    },
    unavailable: (appends: number, error: Error) =>
      logger.error({ appends, err: error }, 'event store does not take appends'),
    retrying: (what: string, error: unknown, retryInMs: number) =>
      logger.warn({ what, retryInMs, err: error }, 'event store: trying again'),
  };
}

export interface EventStoreEars extends Partial<ReturnType<typeof eventStoreObserver>> {
  readonly tracing?: Tracing;
}

/** The EventStore that EVENT_STORE names. The client of EventStoreDB is loaded only when it is asked for. */
export async function openEventStore(
  config: Pick<Config, 'eventStore'>,
  connectionString: string,
  applicationName: string,
  { tracing = noTracing, ...observer }: EventStoreEars = {},
): Promise<EventStore> {
  const store = await open(config, connectionString, applicationName, observer);
  return tracing.enabled ? new TracedEventStore(store, tracing) : store;
}

async function open(
  config: Pick<Config, 'eventStore'>,
  connectionString: string,
  applicationName: string,
  observer: Omit<EventStoreEars, 'tracing'>,
): Promise<EventStore> {
  if (config.eventStore.kind === 'postgres') {
    return PostgresEventStore.connect({ connectionString, applicationName, observer });
  }
  const { EventStoreDbEventStore } = await import('@imprest/event-store-eventstoredb');
  const { connectionString: esdb } = config.eventStore;
  return EventStoreDbEventStore.connect({ connectionString: esdb, observer });
}
