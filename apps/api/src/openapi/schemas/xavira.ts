import { xaviraEventNames } from '@imprest/domain';
import type { SchemaObject } from '@imprest/platform';
import { list, object, oneOf, orNull, text, timestamp, url } from './schema.js';

const generationId = text('Id of the generation.', { pattern: '^req_[0-9a-z]{26}$' });
const credits = (description: string): SchemaObject => ({
  type: 'number',
  minimum: 0,
  description,
});

const traits: SchemaObject = {
  type: 'object',
  description: 'Free keys and values; `age`, in years, is always among them.',
  properties: { age: { type: 'integer', minimum: 18, maximum: 150, description: 'In years.' } },
  required: ['age'],
  additionalProperties: {
    anyOf: [
      { type: 'string', maxLength: 200 },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', maxItems: 10, items: { type: 'string', maxLength: 200 } },
    ],
  },
};

export const character = object('A fictional adult.', {
  character_id: text('Id of the character.', { pattern: '^chr_[0-9a-z]{26}$' }),
  model_id: text('Alias of the model that makes all of its pictures.'),
  name: text('Its name.'),
  traits,
  created_at: timestamp('When it was made.'),
  updated_at: timestamp('When its name or traits were last changed.'),
});

export const characterPage = object('Characters, newest first.', {
  characters: list(character, 'At most `limit`.'),
  next_cursor: orNull(text('Send it as `cursor` for the next page; null on the last one.')),
});

const failure = object('Why it failed; nothing was charged.', {
  code: text('Stable: decide by it, not by the message.'),
  message: text('For people.'),
});

export const generation = object(
  'A generation, and what came of it.',
  {
    generation_id: generationId,
    status: oneOf(['queued', 'processing', 'completed', 'failed'], 'Where it stands.'),
    output_url: orNull(url('Signed URL of the output, for good; null until it is there.')),
    enhanced_prompt: text('What the model was asked for, the negative prompt at its end.'),
    cost_credits: credits('What is held or was charged.'),
    refunded_credits: credits('What was held and given back.'),
    error: failure,
  },
  ['error'],
);

const webhookFields = {
  webhook_id: text('Id of the webhook.', { pattern: '^whk_[0-9a-z]{26}$' }),
  url: url('Where it is told.'),
  events: list(oneOf(xaviraEventNames, 'What it is told of.'), 'All that it is told of.'),
  created_at: timestamp('When it was registered; what happened before is not told.'),
};

export const webhook = object('A URL that is told what became of generations.', webhookFields);

export const newWebhook = object('The same, with its secret, in this answer only.', {
  ...webhookFields,
  secret: text('Signs deliveries: the whole text is the key.', { pattern: '^whsec_' }),
});

export const webhookList = object('Webhooks in the order in which they were registered.', {
  webhooks: list(webhook, 'At most 100, those registered elsewhere included.'),
});
