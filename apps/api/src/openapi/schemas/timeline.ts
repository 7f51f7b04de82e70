import { money } from './account.js';
import { errorCodes } from './error.js';
import { recordedEvent } from './recorded-event.js';
import { amount, count, flag, list, object, oneOf, orNull, text, timestamp } from './schema.js';

const requestId = text('Id of the generation.', { pattern: '^req_[0-9a-z]{26}$' });
const id = text('Id of the event: the same however often it is read.');
const at = timestamp('When it happened.');
const cut = flag('Whether more has happened than is shown.');
const tokens = (description: string) => count(`${description} Whole tokens.`);

export const toldKinds = [
  ...['requested', 'started', 'image_stored', 'image_lost', 'succeeded', 'failed', 'cancelled'],
  ...['queued', 'attempt_started', 'attempt_failed', 'attempt_succeeded', 'image_withheld'],
  ...['given_up', 'done_again', 'deadline_missed', 'work_stopped'],
  ...['held', 'settled', 'released', 'refunded'],
  ...[
    'webhook_created',
    'webhook_attempted',
    'webhook_asked_again',
    'webhook_withdrawn',
    'webhook_expired',
  ],
] as const;

/** What an event tells beside its kind; each kind has its own. */
const facts = {
  dialect: text('The dialect it was asked for in.'),
  model: text('Alias of the model.'),
  images: count('Images asked for, or made.'),
  price: tokens('What it was asked for at.'),
  held: tokens('Held.'),
  charged: tokens('Charged for good.'),
  returned: tokens('Given back.'),
  lots: list(
    object('A lot of tokens.', { lotId: text('Id of the lot.'), tokens: tokens('Of the lot.') }),
    'Lots that gave or got the tokens.',
  ),
  attempt: count('Number of the attempt, from 1.', { minimum: 1 }),
  attempts: count('Attempts made altogether.'),
  gpuMs: orNull(count('Milliseconds that a GPU was busy; null when nobody measured.')),
  retryAt: orNull(timestamp('When it is tried again; null when it is not.')),
  error: object('What went wrong.', {
    code: oneOf(errorCodes, 'Stable code.'),
    message: text('For people.'),
    retryable: flag('Whether asking again can help.'),
  }),
  image: count('Index of the image.'),
  mediaType: text('Media type of the file.'),
  width: count('Pixels.'),
  height: count('Pixels.'),
  generationId: text('The generation that does the work once more.'),
  deadline: oneOf(['startBy', 'finishBy'], 'The deadline that passed.'),
  deadlineAt: timestamp('When it passed.'),
  messageId: text('The webhook message.'),
  endpointId: orNull(text('The endpoint; null for a URL that came with the request.')),
  event: orNull(text('What the message tells.')),
  outcome: oneOf(['delivered', 'retry', 'exhausted', 'refused'], 'What became of the delivery.'),
  status: orNull(count('HTTP status; null when there was no answer.')),
  webhookError: orNull(text('Why there was no answer, or not a good one.')),
  elapsedMs: count('Milliseconds until the answer.'),
};

const toldEvent = object(
  'Something that happened to the generation.',
  { id, at, kind: oneOf(toldKinds, 'What happened.'), ...facts },
  Object.keys(facts),
);

export const timeline = object('What happened to a generation, in all services.', {
  id: requestId,
  events: list(toldEvent, 'In the order in which it was recorded.'),
  cut,
});

export const recordedTimeline = object('What happened to a generation, as it was recorded.', {
  id: requestId,
  tenantId: text('Its tenant.'),
  status: text('Where it stands.'),
  erased: flag('Whether its content was deleted.'),
  events: list(recordedEvent, 'In the order in which they were recorded.'),
  cut,
});

const lotCost = object('What one lot had to do with it.', {
  lotId: text('Id of the lot.'),
  kind: oneOf(['purchased', 'promotional'], 'Kind of the lot.'),
  held: amount('Held at first.'),
  charged: amount('Charged for good.'),
  returned: amount('Given back when the work ended.'),
  refunded: amount('Given back later, out of what had been charged.'),
  money: orNull(money),
});

const attempt = object('One try at the work.', {
  attempt: count('Number of the attempt, from 1.', { minimum: 1 }),
  startedAt: timestamp('When a worker took it.'),
  endedAt: orNull(timestamp('When it ended; null while it runs.')),
  outcome: oneOf(['running', 'succeeded', 'failed', 'stopped'], 'What became of it.'),
  gpuMs: orNull(count('Milliseconds that a GPU was busy; null when nobody measured.')),
  loadMs: orNull(count('The part of them that loading the model took.')),
});

export const generationCost = object('What a generation cost, and what was done for it.', {
  id: requestId,
  status: oneOf(['queued', 'processing', 'succeeded', 'failed', 'cancelled'], 'Where it stands.'),
  price: object('The price as it was when it was asked for.', {
    priceBookVersion: text('Version of the price book.'),
    model: text('Alias of the model.'),
    sizeClass: text('What the price was looked up by.'),
    images: count('Images, or clips.'),
    perImage: amount('Of one of them.'),
    total: amount('Of all; what was held.'),
  }),
  held: amount('Held at first.'),
  charged: amount('Charged for good.'),
  returned: amount('Given back when the work ended.'),
  refunded: amount('Given back later, out of what had been charged.'),
  lots: list(lotCost, 'In the order in which they were drawn from; the journal’s, a moment late.'),
  attempts: list(attempt, 'In their order.'),
  gpuMs: count('Milliseconds of all attempts together, as far as they were measured.'),
});
