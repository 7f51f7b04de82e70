export type { KafkaConnection, KafkaObserver } from './connection/kafka-connection.js';
export { KafkaMessageBus, type KafkaMessageBusOptions } from './consuming/kafka-message-bus.js';
export { HEADERS, toMessage, UnreadableMessage } from './messages/event-message.js';
export {
  KafkaEventPublisher,
  type KafkaPublisherOptions,
} from './publishing/kafka-event-publisher.js';
export { KafkaTopics, type TopicFacts, TopicPartitionsDiffer } from './topics/kafka-topics.js';
export { topicName } from './topics/topic-name.js';
