import type {
  ConsumeOptions,
  DeliveredBatch,
  EventStore,
  MessageBus,
  Subscription,
} from '@imprest/application';

type OnBatch = (batch: DeliveredBatch) => Promise<void>;

/** Follows the store from the position loaded, as the direct bus does, without its lock. */
export class InMemoryMessageBus implements MessageBus {
  readonly progress = 'position';

  constructor(private readonly store: EventStore) {}

  consume(options: ConsumeOptions, onBatch: OnBatch): Subscription {
    const following = options
      .loadPosition()
      .then((after) =>
        this.store.subscribe({ ...options, after }, ({ events, position, caughtUp }) =>
          onBatch({ events, progress: { kind: 'position', position }, caughtUp }),
        ),
      );
    const ended = following.then((subscription) => subscription.ended);
    ended.catch(() => undefined);
    const close = () => following.then((subscription) => subscription.close());
    return { ended, close };
  }

  async close(): Promise<void> {}
}
