import type { Consumer, Reactor } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import type { Tracing } from './tracing.js';

/** Shows what a reactor does because of an event in the event's trace. Projectors lead to nothing and are left as they are. */
export function tracedConsumer(consumer: Consumer, tracing: Tracing): Consumer {
  if (!tracing.enabled || consumer.kind === 'projector') return consumer;
  const react = (event: RecordedEvent) => {
    const { traceparent } = event.metadata;
    if (traceparent === undefined) return consumer.react(event);
    const attributes = { 'imprest.event.type': event.type };
    const span = { name: `react ${consumer.name}`, kind: 'consumer', attributes } as const;
    return tracing.within(span, traceparent, (inner) => {
      const metadata = { ...event.metadata, traceparent: inner };
      return consumer.react({ ...event, metadata });
    });
  };
  return new Proxy<Reactor>(consumer, {
    get: (target, name) => {
      if (name === 'react') return react;
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
