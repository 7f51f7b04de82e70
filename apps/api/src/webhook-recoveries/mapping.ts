import type { RecoveryRequest } from '@imprest/application';
import type { WebhookRecovery } from '@imprest/domain';
import { time } from '../http/page-limit.js';
import type { RecoveryBody } from './requests.js';

/** @throws DomainFailure validation_error */
export function rangeOfBody(
  body: RecoveryBody,
): Pick<RecoveryRequest, 'since' | 'until' | 'statuses'> {
  const { since, until, statuses } = body;
  return { since: time('since', since) as Date, until: time('until', until), statuses };
}

export function recoveryAnswer({
  recoveryId: id,
  cursor: _,
  pages: _pages,
  ...recovery
}: WebhookRecovery) {
  return { id, ...recovery };
}
