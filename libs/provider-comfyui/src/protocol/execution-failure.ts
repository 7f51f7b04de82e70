import { type FailureClass, ProviderError } from '@imprest/application';
import { toldReason } from '@imprest/provider-http';
import { type Fields, fieldsOf, listOf, textOf } from './json-fields.js';

/** The card has no room, or has failed: another server, or another time, may do. */
const FAULT_OF_MACHINE =
  /out ?of ?memory|allocation on device|cuda error|cudnn|hip error|no space left|device-side assert/i;
/** Of an `execution_error`: {exception_type, exception_message, node_id, node_type}. */
export function executionFailure(error: unknown): ProviderError {
  const fields = fieldsOf(error);
  const type = textOf(fields.exception_type) ?? '';
  const message = textOf(fields.exception_message) ?? 'no reason given';
  const failureClass: FailureClass = FAULT_OF_MACHINE.test(`${type} ${message}`)
    ? 'infrastructure'
    : 'model';
  const node = textOf(fields.node_type) ?? textOf(fields.node_id);
  const where = node === undefined ? 'the workflow' : `node ${node} of the workflow`;
  return new ProviderError(failureClass, toldReason(`${where} failed: ${message}`));
}

function firstNodeError(nodeErrors: Fields): string | undefined {
  for (const [node, value] of Object.entries(nodeErrors)) {
    const { class_type: classType, errors } = fieldsOf(value);
    const { message, details } = fieldsOf(listOf(errors)[0]);
    const name = textOf(classType) ?? '';
    if (textOf(message)) return `node ${node} ${name}: ${message}: ${textOf(details) ?? ''}`;
  }
  return undefined;
}

/** Of an answer 400 to a submission: {error: {type, message, details}, node_errors}. The operator's template is at fault. */
export function workflowRefusal(body: unknown): ProviderError {
  const { error, node_errors: nodeErrors } = fieldsOf(body);
  const { message, details } = fieldsOf(error);
  const general = [textOf(message) ?? 'no reason given', textOf(details)]
    .filter(Boolean)
    .join(': ');
  const reason = firstNodeError(fieldsOf(nodeErrors)) ?? general;
  return new ProviderError('model', toldReason(`the server refuses the workflow: ${reason}`));
}
