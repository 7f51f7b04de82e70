import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue, type EventType, eventStreamsDocument, shape } from './index.js';

const committed = readFileSync(new URL('../../../docs/event-streams.md', import.meta.url), 'utf8');

describe('docs/event-streams.md', () => {
  test('is what the catalogue says (npm run events:document)', () => {
    expect(eventStreamsDocument(committed)).toBe(committed);
  });

  test('names every event and every category with its topic', () => {
    for (const type of Object.keys(catalogue) as EventType[]) {
      expect(committed).toContain(`[${type}](`);
      expect(committed).toContain(`\`imprest.${catalogue[type].category}\``);
    }
  });

  test('needs the mark that its generated part begins with', () => {
    expect(() => eventStreamsDocument('# Event streams')).toThrow(/must hold the line/);
  });
});

test('a schema fits on a line', () => {
  const { TokensHeld, GenerationFailed } = catalogue;
  expect(shape(TokensHeld.schema.jsonSchema)).toMatch(
    /^\{ generationId: string, tokens: amount, allocations: \{ lotId: string, tokens: amount \}\[\], price: /,
  );
  expect(shape(GenerationFailed.schema.jsonSchema)).toContain('retryAfter: integer | null');
});
