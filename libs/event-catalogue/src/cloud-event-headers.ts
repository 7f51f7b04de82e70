import type { JsonSchema } from './schema.js';

interface Header extends JsonSchema {
  readonly description: string;
}

const text = (description: string): Header => ({ type: 'string', description });
const decimal = (description: string): Header => ({
  type: 'string',
  pattern: '^(0|[1-9][0-9]*)$',
  description,
});
const instant = (description: string): Header => ({
  type: 'string',
  format: 'date-time',
  description,
});

/**
 * An event as headers of a Kafka message: CloudEvents 1.0, Kafka protocol binding, binary content mode. The value of
 * the message is the event's data; header values are text.
 */
export const cloudEventHeaders = {
  'content-type': { const: 'application/json', description: 'Of the value.' },
  ce_specversion: { const: '1.0', description: 'Of CloudEvents.' },
  ce_source: { const: '/imprest', description: 'Who says so.' },
  ce_id: { type: 'string', format: 'uuid', description: 'The same at every delivery.' },
  ce_type: text('Name of the fact.'),
  ce_time: instant('When it happened.'),
  ce_subject: text('Stream of the fact; also the key of the message, which keeps its order.'),
  ce_schemaversion: decimal("Version of the data's schema, from 1."),
  ce_revision: decimal('From 0 within the stream, without gaps: what an inbox keeps.'),
  ce_position: decimal('Place in the one order of all facts, growing, with gaps.'),
  ce_recordedtime: instant('When the event store knew it.'),
  ce_correlationid: text('The request that started it all.'),
  ce_causationid: text('The command or event that led directly to it.'),
  ce_actorkind: {
    enum: ['apiKey', 'operator', 'system', 'user', 'worker'],
    description: 'Who caused it.',
  },
  ce_actorid: text('Which one of that kind.'),
} as const satisfies Record<string, Header>;

/** Headers that an event has only sometimes. */
export const optionalEventHeaders = {
  ce_traceparent: text('W3C Trace Context of what led to it, while its trace is recorded.'),
} as const satisfies Record<string, Header>;
