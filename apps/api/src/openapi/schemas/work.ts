import { failureClasses } from '@imprest/domain';
import { count, flag, list, object, oneOf, orNull, page, text, timestamp } from './schema.js';

const nullable = (description: string) => ({ type: ['string', 'null'], description });

export const deadLetter = object('Work that has failed for good.', {
  id: text('Id of the generation, and of its job.'),
  tenantId: nullable('Whose it is; null while the list of generations is behind.'),
  model: nullable('Alias of the model.'),
  failureClass: oneOf(failureClasses, 'Class of the last failure.'),
  message: text('The last failure, for operators; the tenant was told less.'),
  attempts: count('How often it was tried.'),
  deadLetteredAt: timestamp('When it was given up.'),
  charged: nullable('Tokens that it cost, as a decimal string.'),
  refunded: nullable('Tokens that went back, as a decimal string.'),
  erased: flag('Whether its content is gone: it cannot be done again then.'),
  redrivenAs: nullable('The request that it is done for once more.'),
});

export const deadLetterPage = page('deadLetters', deadLetter, 'Dead letters, newest first.');

export const redriveReport = object('What became of each dead letter.', {
  redriven: list(
    object('One that is done once more.', {
      id: text('Id of the new request.'),
      redriveOf: text('Id of the dead letter.'),
      held: text('Tokens held for the new request, as a decimal string.'),
    }),
    'Those that are done once more.',
  ),
  refused: list(
    object('One that is not.', {
      redriveOf: text('Id of the dead letter.'),
      error: object('Why not.', {
        code: text('Code of the error.'),
        message: text('For people.'),
      }),
    }),
    'Those that are not; the others are not affected.',
  ),
});

export const waiting = object('Why work waits.', {
  reason: oneOf(
    [
      ...['model_gone', 'breaker_open', 'no_worker', 'outcome_unknown', 'retrying'],
      ...['share_used_up', 'behind_others', 'model_loading', 'workers_busy', 'about_to_start'],
      ...['model_switched_off', 'deadline_soon', 'not_queued'],
    ],
    'For programs.',
  ),
  message: text('In plain words.'),
});

export const whyAnswer = object('Why a job waits.', {
  id: text('Id of the job: that of its generation.'),
  model: text('Alias of the model.'),
  status: oneOf(
    [
      ...['none', 'queued', 'unknown', 'leased', 'succeeded', 'deadLettered', 'deadlineMissed'],
      'cancelled',
    ],
    'Of the job. `unknown`: nobody knows yet what became of a provider call.',
  ),
  attempts: count('So far.'),
  workerId: nullable('The worker that is at it; null while it waits.'),
  position: { type: ['integer', 'null'], description: 'In the order of fair share.' },
  reasons: list(waiting, 'What counts first; empty for what does not wait.'),
});

export const modelBreaker = object('Whether a model gets work.', {
  model: text('Alias of the model.'),
  status: oneOf(['closed', 'open', 'halfOpen'], '`halfOpen`: one job is tried, to see.'),
  reason: text('Why it was opened or closed last.'),
  probeAt: orNull(timestamp('When the next job may be tried; null while closed.')),
  probe: {
    type: ['object', 'null'],
    description: 'The job that is tried, while half open.',
    properties: { jobId: text('Id of the job.'), fence: count('Of its lease.') },
  },
});

export const modelBreakers = object('Every breaker that was ever open.', {
  breakers: list(modelBreaker, 'By model.'),
});
