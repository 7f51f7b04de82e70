import { type FailureClass, ProviderError } from '@imprest/application';
import type { ProviderAnswer } from './provider-answer.js';
import { isPolicyCode, toldReason } from './told-reason.js';

const MOST_REASON_BYTES = 64 * 1024;
/** Of the request itself; a wrong key or path is the operator's to mend. */
const FAULT_OF_REQUEST = new Set([400, 413, 415, 422]);

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null ? (value as Fields) : undefined;

/** The reason in the shapes that servers use: `{error: {message}}`, `{error}`, `{message}`, `{detail}`, `{detail: [{loc, msg}]}`. */
function reasonOf(body: unknown): unknown {
  const fields = fieldsOf(body);
  const inner = fieldsOf(fields?.error);
  const { detail } = fields ?? {};
  const list = Array.isArray(detail) ? detail.map(fieldsOf) : [];
  return [
    inner?.message,
    fields?.error,
    fields?.message,
    detail,
    ...list.map((each) => each && `${[each.loc].flat().join('.')}: ${String(each.msg)}`),
  ].find((each) => typeof each === 'string' && each !== '');
}

function classOf(status: number, body: unknown): FailureClass {
  if (!FAULT_OF_REQUEST.has(status)) return 'infrastructure';
  const error = fieldsOf(fieldsOf(body)?.error);
  return [error?.code, error?.type].some(isPolicyCode) ? 'moderation' : 'user';
}

/** What a refused request fails with: by whose fault it is, and with the server's own reason. Never throws. */
export async function refusal(answer: ProviderAnswer): Promise<ProviderError> {
  const { status, where } = answer;
  const body = await answer.json(MOST_REASON_BYTES).catch((error: unknown) => error);
  if (body instanceof ProviderError && body.failureClass === 'cancelled') return body;
  const failureClass = classOf(status, body);
  const reason = toldReason(body instanceof Error ? undefined : reasonOf(body));
  if (failureClass === 'infrastructure') {
    return new ProviderError(failureClass, `${where}: answered ${status}: ${reason}`);
  }
  return new ProviderError(failureClass, `the model refuses the request: ${reason}`);
}
