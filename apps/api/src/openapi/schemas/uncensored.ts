import { count, object, oneOf, orNull, text, timestamp, url } from './schema.js';

const jobId = text('Id of the job.', { format: 'uuid' });
const model = text('Alias of the model that was used.');
const seconds = { type: 'number', minimum: 0, description: 'Seconds that the work took.' };

const cost = object('What it costs, in tokens.', {
  tokens: count('Held when the request was accepted.'),
  refunded: count('Given back since; the difference is what is charged.'),
});

export const completedImage = object('An image that was waited for.', {
  job_id: jobId,
  status: oneOf(['completed'], 'It is done.'),
  url: orNull(url('Signed URL of the image, for 23 hours.')),
  generation_time: orNull(seconds),
  model,
  cost,
});

export const acceptedJob = object('A job that goes on.', {
  job_id: jobId,
  status: oneOf(['processing'], 'It goes on.'),
  status_url: url('Where to poll, every 2 to 5 seconds.'),
  webhook_url: orNull(url('Where the outcome is sent.')),
  created_at: timestamp('When the request was accepted.'),
  cost,
});

const failure = object('Why a job failed; nothing was charged.', {
  code: text('Stable: decide by it, not by the message.'),
  message: text('For people.'),
});

export const job = object(
  'A job, and what came of it. A callback brings the same.',
  {
    job_id: jobId,
    status: oneOf(['processing', 'completed', 'failed'], 'Where it stands.'),
    image_url: orNull(url('Signed URL of the image, for 23 hours; null until it is done.')),
    model,
    created_at: timestamp('When the request was accepted.'),
    completed_at: orNull(timestamp('When the work ended; null until then.')),
    generation_time: orNull(seconds),
    error: failure,
    cost,
  },
  ['error'],
);
