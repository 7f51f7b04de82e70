import { type FailureClass, ProviderError } from '@imprest/application';
import { type ProviderAnswer, refusal, toldReason } from '@imprest/provider-http';
import type { InputMapping } from '../mapping/input-mapping.js';
import { fieldsOf } from './prediction.js';

/** The card has no room, or has failed: another server, or another time, may do. */
const FAULT_OF_MACHINE = /out ?of ?memory|cuda error|cudnn|hip error|no space left/i;
/** Safety checkers inside models speak so. */
const FAULT_OF_CONTENT = /\bnsfw\b|safety (checker|filter)|flagged as sensitive/i;
const MOST_REFUSAL_BYTES = 256 * 1024;

function classOf(reason: string): FailureClass {
  if (FAULT_OF_MACHINE.test(reason)) return 'infrastructure';
  return FAULT_OF_CONTENT.test(reason) ? 'moderation' : 'model';
}

/** Of a prediction that is over without success, which is an answer 200 all the same. */
export function predictionFailure(prediction: Readonly<Record<string, unknown>>): ProviderError {
  if (prediction.status === 'canceled') {
    return new ProviderError('infrastructure', 'the prediction was cancelled at the server');
  }
  const reason = toldReason(prediction.error);
  return new ProviderError(classOf(reason), `the prediction has failed: ${reason}`);
}

/**
 * Of an answer 422: `{detail: [{loc: ["body", "input", name], msg}]}` by the schema of the model, `{error}` by the model itself.
 * The request is at fault for a value of its own, and the operator's mapping for everything else.
 */
export async function inputRefusal(
  answer: ProviderAnswer,
  { inputs }: InputMapping,
): Promise<ProviderError> {
  if (answer.status !== 422) return refusal(answer);
  const body = await answer.json(MOST_REFUSAL_BYTES).catch(() => undefined);
  const { detail, error } = fieldsOf(body);
  const [first] = Array.isArray(detail) ? detail : [];
  const { loc, msg } = fieldsOf(first);
  const named = Array.isArray(loc) ? loc.at(-1) : undefined;
  const ours = Object.values(inputs).some(({ name }) => name === named);
  const failureClass = named === undefined || ours ? 'user' : 'model';
  const reason = toldReason(named === undefined ? (msg ?? error) : `${named}: ${msg}`);
  return new ProviderError(failureClass, `the model refuses the request: ${reason}`);
}
