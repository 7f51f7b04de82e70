import {
  type Consumer,
  Kafka,
  type LogEntry,
  logLevel,
  Partitioners,
  type Producer,
  type SASLOptions,
} from 'kafkajs';

/** Where the brokers are, and who asks. */
export interface KafkaConnection {
  /** host:port of the brokers to ask first. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and quotas; `imprest` when absent. */
  readonly clientId?: string;
  /** Verified against the system's authorities; off when absent. */
  readonly tls?: boolean;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  /** Topics are `<prefix>.<category>`, consumer groups `<prefix>.<consumer>`; `imprest` when absent. */
  readonly prefix?: string;
  readonly observer?: KafkaObserver;
}

export interface KafkaObserver {
  /** The engine failed and is tried again; nothing was lost. */
  retrying?(what: string, error: unknown, retryInMs: number): void;
  /** A message in a topic of the product that the product did not write. */
  ignored?(topic: string, partition: number, offset: string): void;
  /** What the driver says of itself. */
  log?(level: 'error' | 'warn', message: string, facts: object): void;
}

/** Bounded: kafkajs would keep sending for a producer that was given up on long ago. */
const RETRY = {
  initialRetryTime: 100,
  factor: 0.2,
  multiplier: 2,
  maxRetryTime: 2_000,
  retries: 6,
};

export const DEFAULT_PREFIX = 'imprest';

/** kafkajs with the settings that everything here relies on. */
export class KafkaDriver {
  readonly prefix: string;
  readonly observer: KafkaObserver;
  private readonly kafka: Kafka;

  constructor(connection: KafkaConnection) {
    const { brokers, clientId = 'imprest', tls = false, sasl } = connection;
    this.prefix = connection.prefix ?? DEFAULT_PREFIX;
    this.observer = connection.observer ?? {};
    this.kafka = new Kafka({
      clientId,
      brokers: [...brokers],
      ssl: tls,
      sasl: sasl as SASLOptions | undefined,
      connectionTimeout: 5_000,
      requestTimeout: 15_000,
      retry: RETRY,
      logLevel: logLevel.WARN,
      logCreator: () => (entry) => this.log(entry),
    });
  }

  admin() {
    return this.kafka.admin({ retry: RETRY });
  }

  /** Not connected yet. */
  producer(): Producer {
    return this.kafka.producer({
      // The Java client's: others write to and read from the same partitions for the same key.
      createPartitioner: Partitioners.DefaultPartitioner,
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: RETRY,
    });
  }

  /** Not connected yet. It never starts itself anew: whoever runs it hears of a crash and makes another one. */
  consumer(consumer: string, timing: ConsumerTiming): Consumer {
    const { sessionTimeoutMs: sessionTimeout, rebalanceTimeoutMs: rebalanceTimeout } = timing;
    return this.kafka.consumer({
      groupId: `${this.prefix}.${consumer}`,
      sessionTimeout,
      rebalanceTimeout,
      heartbeatInterval: heartbeatMs(timing),
      maxWaitTimeInMs: timing.longestFetchMs,
      maxBytes: 4 * 1024 * 1024,
      allowAutoTopicCreation: false,
      retry: { ...RETRY, restartOnFailure: async () => false },
    });
  }

  private log(entry: LogEntry): void {
    // Limited retries are what is wanted: see RETRY.
    if (entry.log.message.startsWith('Limiting retries')) return;
    const { message, logger: _, timestamp: __, ...facts } = entry.log;
    this.observer.log?.(entry.level <= logLevel.ERROR ? 'error' : 'warn', message, facts);
  }
}

export interface ConsumerTiming {
  /** A member that says nothing for this long loses its partitions to the others. */
  readonly sessionTimeoutMs: number;
  /** How long the others wait for a member that is busy when partitions are shared anew. */
  readonly rebalanceTimeoutMs: number;
  /** How long a broker without news keeps a fetch; leaving a group takes as long. */
  readonly longestFetchMs: number;
}

export const TIMING: ConsumerTiming = {
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 60_000,
  longestFetchMs: 500,
};

/** Several times within a session, so that one lost beat costs nothing. */
export function heartbeatMs({ sessionTimeoutMs }: ConsumerTiming): number {
  return Math.floor(sessionTimeoutMs / 6);
}
