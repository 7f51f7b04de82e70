import type { ConfidentialInput, GenerationView } from '@imprest/application';
import { wholePrompt } from '@imprest/domain';

export interface XaviraGeneration {
  readonly generation_id: string;
  readonly status: 'queued' | 'processing' | 'completed' | 'failed';
  /** Null until there is an output. */
  readonly output_url: string | null;
  /** What the model was asked for. */
  readonly enhanced_prompt: string;
  /** What is held or was charged: nothing for one that failed. */
  readonly cost_credits: number;
  /** What was held and given back. */
  readonly refunded_credits: number;
  readonly error?: { readonly code: string; readonly message: string };
}

const statuses = {
  queued: 'queued',
  processing: 'processing',
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'failed',
} as const;

/** Codes of failures that this dialect has words of its own for. */
export const xaviraCodes = {
  content_policy: 'moderation_blocked',
  insufficient_balance: 'insufficient_credits',
} as const;

function errorOf({ status, error }: GenerationView): XaviraGeneration['error'] {
  if (status === 'cancelled') return { code: 'cancelled', message: 'the work was cancelled' };
  if (error === null) return undefined;
  const { code, message } = error;
  return { code: code === 'content_policy' ? xaviraCodes.content_policy : code, message };
}

/** A generation as the xavira dialect tells it, field for field in the order in which it is sent. */
export function xaviraGeneration(
  view: GenerationView,
  { prompt, negativePrompt }: ConfidentialInput,
  outputUrl: string | null,
  tokensPerCredit: number,
): XaviraGeneration {
  const error = errorOf(view);
  const refunded = Number(view.refunded);
  return {
    generation_id: view.id,
    status: statuses[view.status],
    output_url: view.status === 'succeeded' ? outputUrl : null,
    enhanced_prompt: wholePrompt(prompt, negativePrompt),
    cost_credits: (Number(view.price.total) - refunded) / tokensPerCredit,
    refunded_credits: refunded / tokensPerCredit,
    ...(error && { error }),
  };
}
