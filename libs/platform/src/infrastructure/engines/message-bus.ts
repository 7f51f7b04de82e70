import type { EventStore, MessageBus } from '@imprest/application';
import { DirectMessageBus } from '@imprest/message-bus-direct';
import type { Logger } from 'pino';
import type { Config, MessageBusChoice } from '../../config/index.js';

export interface OpenMessageBus {
  readonly messageBus: MessageBus;
  /** Whether it brings events now, for people. @throws Error that says why not */
  check(): Promise<string>;
}

type KafkaChoice = Extract<MessageBusChoice, { kind: 'kafka' }>;

/** What everything that speaks to Kafka is opened with. */
export function kafkaConnection(
  { brokers, tls, sasl, prefix }: KafkaChoice,
  clientId: string,
  logger: Logger,
) {
  return {
    brokers,
    tls,
    prefix,
    clientId,
    ...(sasl !== undefined && { sasl }),
    observer: {
      retrying: (what: string, error: unknown, retryInMs: number) =>
        logger.warn({ what, retryInMs, err: error }, 'kafka: trying again'),
      ignored: (topic: string, partition: number, offset: string) =>
        logger.error({ topic, partition, offset }, 'kafka: a message that is none of ours'),
      log: (level: 'error' | 'warn', message: string, facts: object) =>
        logger[level === 'error' ? 'warn' : 'debug']({ kafka: facts }, message),
    },
  };
}

/** The MessageBus that MESSAGE_BUS names. The client of Kafka is loaded only when it is asked for. */
export async function openMessageBus(
  { messageBus: choice }: Pick<Config, 'messageBus'>,
  eventStore: EventStore,
  connectionString: string,
  clientId: string,
  logger: Logger,
): Promise<OpenMessageBus> {
  if (choice.kind === 'direct') {
    const messageBus = new DirectMessageBus(eventStore, connectionString);
    return { messageBus, check: async () => 'follows the event store' };
  }
  const { KafkaMessageBus } = await import('@imprest/message-bus-kafka');
  const messageBus = await KafkaMessageBus.connect(kafkaConnection(choice, clientId, logger));
  return { messageBus, check: () => messageBus.check() };
}
