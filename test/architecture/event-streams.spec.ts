import { cloudEventHeaders, optionalEventHeaders, topicOf } from '@imprest/event-catalogue';
import { HEADERS, topicName } from '@imprest/message-bus-kafka';
import { expect, it } from 'vitest';

it('messages have exactly the headers that the catalogue describes', () => {
  const described = [...Object.keys(cloudEventHeaders), ...Object.keys(optionalEventHeaders)];

  expect(Object.values(HEADERS).sort()).toEqual(described.sort());
});

it('topics are named as the catalogue names them', () => {
  expect(topicName('imprest', 'tokenAccount')).toBe(topicOf('tokenAccount'));
});
