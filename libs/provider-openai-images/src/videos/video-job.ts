import { ProviderError } from '@imprest/application';
import { isPolicyCode, toldReason } from '@imprest/provider-http';

/** A clip at the server, as it tells. */
export interface VideoJob {
  readonly id: string;
  readonly status: 'queued' | 'in_progress' | 'completed' | 'failed';
  /** 0 to 1. */
  readonly progress: number;
  /** Why it failed. */
  readonly failure: ProviderError;
}

const STATUSES = ['queued', 'in_progress', 'completed', 'failed'] as const;
const LONGEST_ID = 200;

/** @throws ProviderError of class `infrastructure` for anything else than a video object */
export function videoJob(body: unknown, where: string): VideoJob {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const { id, progress } = fields;
  const status = STATUSES.find((known) => known === fields.status);
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_ID || status === undefined) {
    throw new ProviderError('infrastructure', `${where}: the answer is no video`);
  }
  const percent = typeof progress === 'number' && progress >= 0 ? Math.min(progress, 100) : 0;
  return { id, status, progress: percent / 100, failure: failureOf(fields.error) };
}

function failureOf(error: unknown): ProviderError {
  const { code, message } = (error ?? {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  const failureClass = isPolicyCode(code) ? 'moderation' : 'model';
  return new ProviderError(failureClass, `the model made no clip: ${toldReason(message)}`);
}
