import { type GenerationView, uuidOfId } from '@imprest/application';

/** Name on record of the dialect whose jobs these are. */
export const UNCENSORED_DIALECT = 'uncensored';

export interface UncensoredJob {
  readonly job_id: string;
  readonly status: 'processing' | 'completed' | 'failed';
  /** Null until the job has completed. */
  readonly image_url: string | null;
  readonly model: string;
  readonly created_at: string;
  /** Null until the job has ended, whichever way. */
  readonly completed_at: string | null;
  /** Seconds from when the work began to its end. */
  readonly generation_time: number | null;
  readonly error?: { readonly code: string; readonly message: string };
  readonly cost: { readonly tokens: number; readonly refunded: number };
}

const statuses = {
  queued: 'processing',
  processing: 'processing',
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'failed',
} as const;

function errorOf({ status, error }: GenerationView): UncensoredJob['error'] {
  if (status === 'cancelled') return { code: 'cancelled', message: 'the job was cancelled' };
  return error === null ? undefined : { code: error.code, message: error.message };
}

function secondsOf({ createdAt, startedAt, finishedAt }: GenerationView): number | null {
  if (finishedAt === null) return null;
  return (Date.parse(finishedAt) - Date.parse(startedAt ?? createdAt)) / 1000;
}

/** A job as the uncensored dialect tells it, field for field in the order in which it is sent. */
export function uncensoredJob(view: GenerationView, imageUrl: string | null): UncensoredJob {
  const error = errorOf(view);
  return {
    job_id: uuidOfId(view.id),
    status: statuses[view.status],
    image_url: view.status === 'succeeded' ? imageUrl : null,
    model: view.model,
    created_at: view.createdAt,
    completed_at: view.finishedAt,
    generation_time: secondsOf(view),
    ...(error && { error }),
    cost: { tokens: Number(view.price.total), refunded: Number(view.refunded) },
  };
}
