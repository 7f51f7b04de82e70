import { hostname } from 'node:os';
import {
  type Clock,
  EventRelay,
  type EventStore,
  type RelayPosition,
  type RelayStatus,
  relayLag,
} from '@imprest/application';
import { PostgresLocks } from '@imprest/exclusive-locks-postgres';
import { PostgresRelayPosition } from '@imprest/read-models';
import type { Logger } from 'pino';
import type { MessageBusChoice } from '../config/index.js';
import { kafkaConnection } from '../infrastructure/engines/message-bus.js';
import type { Metrics } from '../metrics/metrics.js';

/** A leader that says nothing for this long is deposed; a standby asks for its place this often. */
const ELECTION = { silenceMs: 3_000, retryMs: 500 };

export interface HostedRelayParts {
  readonly choice: Extract<MessageBusChoice, { kind: 'kafka' }>;
  readonly connectionString: string;
  /** Name of the process among its kind, for operators. */
  readonly service: string;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** One process's relay with the engines it alone needs: it leads, or stands by to. */
export class HostedRelay {
  private constructor(
    private readonly relay: EventRelay,
    private readonly closeEngines: () => Promise<void>,
  ) {}

  static async open(parts: HostedRelayParts): Promise<HostedRelay> {
    const { choice, connectionString, service, store, clock, logger, metrics } = parts;
    const { KafkaEventPublisher } = await import('@imprest/message-bus-kafka');
    const connection = kafkaConnection(choice, `imprest-${service}-relay`, logger);
    const publisher = await KafkaEventPublisher.connect(connection);
    const applicationName = relayName(service);
    const locks = new PostgresLocks({ connectionString, applicationName, ...ELECTION });
    const position = new PostgresRelayPosition({ connectionString });
    const published = metrics.counter(
      'imprest_relay_published_events_total',
      'Events handed to Kafka by this process',
    );
    const relay = new EventRelay({
      ...{ store, publisher, position, locks, clock },
      observer: {
        elected: (at) => logger.info({ position: String(at) }, 'relay: leads'),
        deposed: () => logger.info('relay: leads no more'),
        failed: (error, retryInMs) => logger.error({ retryInMs, err: error }, 'relay failed'),
        published: (events) => published.inc(events),
      },
    });
    sample(metrics, relay, () => lagOf(position, store, clock));
    return new HostedRelay(relay, async () => {
      await locks.close();
      await Promise.all([publisher.close(), position.close()]);
    });
  }

  get status(): RelayStatus {
    return this.relay.status;
  }

  start(): void {
    this.relay.start();
  }

  /** Ends after the batch under way; a standby elsewhere goes on behind it. */
  async stop(): Promise<void> {
    await this.relay.stop();
    await this.closeEngines();
  }
}

async function lagOf(position: RelayPosition, store: EventStore, clock: Clock) {
  const reached = await position.load();
  const { head, seconds } = await relayLag(store, clock, reached, 1);
  return { reached, behind: head - reached, seconds };
}

/** Lag is looked up by the position on record: a standby tells it as well when no leader can. */
function sample(metrics: Metrics, relay: EventRelay, look: () => ReturnType<typeof lagOf>): void {
  const leads = metrics.gauge('imprest_relay_leader', '1 in the process that relays');
  const failing = metrics.gauge('imprest_relay_failing', '1 while the relay cannot go on');
  const position = metrics.gauge(
    'imprest_relay_position',
    'Position up to which Kafka has the events of the store',
  );
  const behind = metrics.gauge(
    'imprest_relay_lag_events',
    'Positions between there and the head of the event store',
  );
  const seconds = metrics.gauge(
    'imprest_relay_lag_seconds',
    'Age of the oldest event that Kafka does not have',
  );
  metrics.sample(async () => {
    leads.set(relay.status.leading ? 1 : 0);
    failing.set(relay.status.failing === undefined ? 0 : 1);
    const lag = await look();
    position.set(Number(lag.reached));
    behind.set(Number(lag.behind));
    seconds.set(lag.seconds);
  });
}

/** PostgreSQL keeps as many characters. */
const MOST_NAME = 63;

/** What `imprest relay status` tells the leader by. */
function relayName(service: string): string {
  const place = `imprest-${service} on ${hostname()}`.slice(0, MOST_NAME - 12);
  return `${place}, ${process.pid}`;
}
