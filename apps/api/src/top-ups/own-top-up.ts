import { DomainFailure, type EventStore, loadTopUp, type TopUpRecord } from '@imprest/application';
import { domainError } from '@imprest/domain';

const ID = /^top_[0-9a-z]{26}$/;

/**
 * The top-up as its stream tells it now.
 * @param tenantId whose it must be; a foreign one answers as if it did not exist. Any when absent.
 * @throws DomainFailure not_found
 */
export async function topUpOf(
  store: EventStore,
  id: string,
  tenantId?: string,
): Promise<TopUpRecord> {
  const record = ID.test(id) ? await loadTopUp(store, id) : undefined;
  if (record === undefined || record.state.tenantId !== (tenantId ?? record.state.tenantId)) {
    throw new DomainFailure(domainError('not_found', `there is no top-up ${id}`));
  }
  return record;
}
