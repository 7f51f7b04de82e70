import type { EventStore, MessageBus } from '@imprest/application';
import { DirectMessageBus } from '@imprest/message-bus-direct';

export interface OpenMessageBus {
  readonly messageBus: MessageBus;
  /** Whether it brings events now, for people. @throws Error that says why not */
  check(): Promise<string>;
}

/** The MessageBus that MESSAGE_BUS names. */
export async function openMessageBus(
  eventStore: EventStore,
  connectionString: string,
): Promise<OpenMessageBus> {
  const messageBus = new DirectMessageBus(eventStore, connectionString);
  return { messageBus, check: async () => 'follows the event store' };
}
