import type { SubscriptionObserver } from '@imprest/application';
import type { Logger } from 'pino';

/** What operators read about consumers. */
export function consumerLog(logger: Logger): SubscriptionObserver {
  return {
    failed: (consumer, error, retryInMs) =>
      logger.error({ consumer, retryInMs, err: error }, 'consumer failed'),
    parked: (consumer, { event, error, attempts }) => {
      const { stream, revision, type } = event;
      const what = { consumer, stream, revision, type, attempts, err: error };
      logger.error(what, 'an event cannot be processed: its stream waits for an operator');
    },
    missed: (consumer, events) =>
      logger.warn({ consumer, events }, 'the message bus had not brought events in time'),
  };
}
