import { cloudEventHeaders, optionalEventHeaders } from './cloud-event-headers.js';
import { type FrozenVersion, frozenVersions } from './frozen-versions.js';
import { streamCategories, topicOf } from './stream-categories.js';

export interface AsyncApiInfo {
  readonly title: string;
  /** Version of the product, not of AsyncAPI. */
  readonly version: string;
  readonly description?: string;
}

const DESCRIPTION = `Every fact of the product, in one Kafka topic for each category of streams. The key of a message is
its stream, so a stream keeps its order; between streams there is none. Delivery is at least once: keep the last
revision of each stream in one transaction with what an event leads to, drop what is not above it, and read the event
store where a revision is skipped. Topics keep events of every version that was ever written.`;

/**
 * The catalogue as AsyncAPI 3.0 (https://www.asyncapi.com/docs/reference/specification/v3.0.0): a channel for each
 * stream category, a message for each version of each event type.
 */
export function asyncApiDocument(info: AsyncApiInfo): object {
  const versions = frozenVersions();
  const categories = [...new Set(versions.map(({ category }) => category))];
  return {
    asyncapi: '3.0.0',
    info: { description: DESCRIPTION, ...info },
    defaultContentType: 'application/json',
    servers: { kafka },
    channels: Object.fromEntries(
      categories.map((category) => [category, channel(category, versions)]),
    ),
    operations: Object.fromEntries(
      categories.map((category) => [`publish-${category}`, operation(category)]),
    ),
    components: {
      messages: Object.fromEntries(versions.map((each) => [messageName(each), message(each)])),
      schemas: {
        EventHeaders: {
          type: 'object',
          properties: { ...cloudEventHeaders, ...optionalEventHeaders },
          required: Object.keys(cloudEventHeaders),
        },
      },
    },
  };
}

const kafka = {
  host: '{brokers}',
  protocol: 'kafka',
  description: 'With MESSAGE_BUS=kafka://…; without it, services follow the event store itself.',
  variables: { brokers: { description: 'As MESSAGE_BUS names them: host:port[,host:port].' } },
};

function messageName({ type, version }: FrozenVersion): string {
  return `${type}.v${version}`;
}

function channel(category: string, versions: readonly FrozenVersion[]) {
  const names = versions.filter((each) => each.category === category).map(messageName);
  const { id, holds } = streamCategories[category] ?? { id: '<id>', holds: '' };
  return {
    address: topicOf(category),
    title: category,
    description: `${holds} Streams ${category}-${id}, in order within each stream.`,
    servers: [{ $ref: '#/servers/kafka' }],
    messages: Object.fromEntries(
      names.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
    ),
    bindings: {
      kafka: {
        topic: topicOf(category),
        topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1 },
        bindingVersion: '0.5.0',
      },
    },
  };
}

function operation(category: string) {
  return { action: 'send', channel: { $ref: `#/channels/${category}` } };
}

function message(frozen: FrozenVersion) {
  const { type, version, category, schema, data } = frozen;
  const { id } = streamCategories[category] ?? { id: '<id>' };
  return {
    name: type,
    title: `${type}, version ${version}`,
    contentType: 'application/json',
    correlationId: { location: '$message.header#/ce_correlationid' },
    headers: {
      allOf: [
        { $ref: '#/components/schemas/EventHeaders' },
        {
          type: 'object',
          properties: {
            ce_type: { const: type },
            ce_schemaversion: { const: String(version) },
          },
        },
      ],
    },
    payload: schema,
    bindings: {
      kafka: {
        key: { type: 'string', description: `The stream: ${category}-${id}.` },
        bindingVersion: '0.5.0',
      },
    },
    examples: [{ name: `${type}.v${version}`, payload: data }],
  };
}
