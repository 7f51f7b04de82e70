import { webhookEventNames } from '@imprest/domain';
import { lowBalance } from './balance-alert.js';
import { generation } from './generation.js';
import { flag, list, object, oneOf, text, timestamp } from './schema.js';
import { job } from './uncensored.js';
import { generation as xaviraGeneration } from './xavira.js';

const event = object('Something that webhooks tell.', {
  id: text('Id of the event: the same however often it is read.'),
  type: oneOf(webhookEventNames, 'What happened.'),
  occurredAt: timestamp('When it happened.'),
  body: {
    description:
      'What a webhook about it would say now, in the words of the dialect in which the generation was asked for. Null when its content was deleted.',
    anyOf: [generation, job, xaviraGeneration, lowBalance, { type: 'object' }, { type: 'null' }],
  },
});

export const eventPage = object('What has happened, in an order that never changes.', {
  events: list(event, 'At most `limit`.'),
  nextCursor: text('Send it as `after` for what comes next, also when there is nothing yet.'),
  more: flag('Whether more was there already.'),
});
