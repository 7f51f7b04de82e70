import { describe, expect, test } from 'vitest';
import {
  asyncApiDocument,
  catalogue,
  type EventType,
  frozenVersions,
  streamCategories,
} from './index.js';

interface Message {
  readonly name: string;
  readonly headers: { readonly allOf: readonly [unknown, { readonly properties: unknown }] };
  readonly payload: unknown;
  readonly bindings: { readonly kafka: { readonly key: { readonly description: string } } };
}

interface Document {
  readonly asyncapi: string;
  readonly info: unknown;
  readonly channels: Record<string, { address: string; messages: Record<string, Reference> }>;
  readonly operations: Record<string, { action: string; channel: Reference }>;
  readonly components: {
    readonly messages: Record<string, Message>;
    readonly schemas: {
      readonly EventHeaders: { properties: Record<string, object>; required: string[] };
    };
  };
}

interface Reference {
  readonly $ref: string;
}

const info = { title: 'Imprest', version: '1.2.3' };
const document = JSON.parse(JSON.stringify(asyncApiDocument(info))) as Document;
const types = Object.keys(catalogue) as EventType[];
const categories = [...new Set(Object.values(catalogue).map(({ category }) => category))];

/** What a `#/a/b` reference points at, following JSON Pointer (RFC 6901). */
function resolve({ $ref }: Reference): unknown {
  return $ref
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document);
}

function references(node: unknown): readonly Reference[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('$ref' in node && typeof node.$ref === 'string') return [{ $ref: node.$ref }];
  return Object.values(node).flatMap(references);
}

test('every category of streams is described, and nothing else is', () => {
  expect(Object.keys(streamCategories).sort()).toEqual([...categories].sort());
});

describe('the AsyncAPI document', () => {
  test('is of version 3.0.0 and about the product', () => {
    expect(document.asyncapi).toBe('3.0.0');
    expect(document.info).toMatchObject(info);
  });

  test('has a channel for each stream category, with its topic, which the product sends to', () => {
    expect(Object.keys(document.channels).sort()).toEqual([...categories].sort());
    for (const category of categories) {
      expect(document.channels[category]).toMatchObject({
        address: `imprest.${category}`,
        bindings: { kafka: { topic: `imprest.${category}` } },
      });
      expect(document.operations[`publish-${category}`]).toEqual({
        action: 'send',
        channel: { $ref: `#/channels/${category}` },
      });
    }
  });

  test.each(types)('has %s in the channel of its category, in every version', (type) => {
    const { category, version, schema } = catalogue[type];
    for (let each = 1; each <= version; each += 1) {
      const name = `${type}.v${each}`;
      expect(document.channels[category]?.messages[name]).toEqual({
        $ref: `#/components/messages/${name}`,
      });
      const message = document.components.messages[name];
      expect(message?.name).toBe(type);
      expect(message?.headers.allOf[1].properties).toEqual({
        ce_type: { const: type },
        ce_schemaversion: { const: String(each) },
      });
      expect(message?.bindings.kafka.key.description).toContain(`${category}-`);
    }
    const current = document.components.messages[`${type}.v${version}`];
    expect(current?.payload).toEqual(JSON.parse(JSON.stringify(schema.jsonSchema)));
  });

  test('files no message twice', () => {
    const filed = Object.values(document.channels).flatMap(({ messages }) => Object.keys(messages));
    expect(filed.sort()).toEqual(Object.keys(document.components.messages).sort());
    expect(filed).toHaveLength(frozenVersions().length);
  });

  test('has no reference that leads nowhere', () => {
    const all = references(document);
    expect(all.length).toBeGreaterThan(types.length);
    for (const reference of all) expect(resolve(reference)).toBeDefined();
  });
});
