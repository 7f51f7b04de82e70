import { catalogue } from './catalogue.js';
import type { EventDefinition } from './event-definition.js';
import type { JsonSchema } from './schema.js';

export interface AsyncApiInfo {
  readonly title: string;
  /** Version of the product, not of AsyncAPI. */
  readonly version: string;
  readonly description?: string;
}

const decimal = (description: string): JsonSchema => ({
  type: 'string',
  pattern: '^(0|[1-9][0-9]*)$',
  description,
});
const text = (description: string): JsonSchema => ({ type: 'string', description });
const instant = (description: string): JsonSchema => ({
  type: 'string',
  format: 'date-time',
  description,
});

/** The envelope of an event as headers, which a bus carries as text. */
const envelopeHeaders = {
  eventId: { type: 'string', format: 'uuid', description: 'The same at every delivery.' },
  type: text('Name of the fact.'),
  version: decimal("Version of the payload's schema, from 1."),
  stream: text('Stream of the fact, and the key that keeps its order.'),
  revision: decimal('From 0 within the stream, without gaps.'),
  position: decimal('Place in the one order of all facts, growing, with gaps.'),
  occurredAt: instant('When it happened.'),
  recordedAt: instant('When the store knew it.'),
  correlationId: text('The request that started it all.'),
  causationId: text('The command or event that led directly to it.'),
  actorKind: { enum: ['apiKey', 'operator', 'system', 'worker'], description: 'Who caused it.' },
  actorId: text('Which one of that kind.'),
} as const;

/**
 * The catalogue as AsyncAPI 3.0 (https://www.asyncapi.com/docs/reference/specification/v3.0.0):
 * a channel for each stream category, a message for each event type in its current version.
 */
export function asyncApiDocument(info: AsyncApiInfo): object {
  const definitions = Object.entries<EventDefinition>(catalogue);
  const categories = [...new Set(definitions.map(([, { category }]) => category))];
  return {
    asyncapi: '3.0.0',
    info,
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      categories.map((category) => [category, channel(category, definitions)]),
    ),
    operations: Object.fromEntries(
      categories.map((category) => [`publish-${category}`, operation(category)]),
    ),
    components: {
      messages: Object.fromEntries(
        definitions.map(([type, definition]) => [
          messageName(type, definition),
          message(type, definition),
        ]),
      ),
      schemas: {
        EventHeaders: {
          type: 'object',
          properties: envelopeHeaders,
          required: Object.keys(envelopeHeaders),
        },
      },
    },
  };
}

function messageName(type: string, { version }: EventDefinition): string {
  return `${type}.v${version}`;
}

function channel(category: string, definitions: readonly (readonly [string, EventDefinition])[]) {
  const names = definitions
    .filter(([, definition]) => definition.category === category)
    .map(([type, definition]) => messageName(type, definition));
  return {
    address: category,
    description: `Facts of the streams ${category}-<id>, in order within each stream.`,
    messages: Object.fromEntries(
      names.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
    ),
  };
}

function operation(category: string) {
  return { action: 'send', channel: { $ref: `#/channels/${category}` } };
}

function message(type: string, definition: EventDefinition) {
  const { version, schema } = definition;
  return {
    name: type,
    title: `${type}, version ${version}`,
    correlationId: { location: '$message.header#/correlationId' },
    headers: {
      allOf: [
        { $ref: '#/components/schemas/EventHeaders' },
        {
          type: 'object',
          properties: { type: { const: type }, version: { const: String(version) } },
        },
      ],
    },
    payload: schema.jsonSchema,
  };
}
