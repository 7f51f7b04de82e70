export { type KafkaBroker, type KafkaBrokerOptions, startKafkaBroker } from './kafka-broker.js';
export { kafkaUnavailable } from './kafka-jars.js';
