import type { Filter } from '../../../components/index.ts';
import { PageHeader } from '../../../components/index.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import { messageStatuses } from './message-columns.tsx';
import { MessageTable } from './message-table.tsx';
import { RecoverButton } from './recover-button.tsx';

const FILTERS: readonly Filter[] = [
  { id: 'status', label: 'Status', kind: 'choice', options: messageStatuses },
  { id: 'generationId', label: 'Generation', kind: 'text', placeholder: 'req_…' },
  { id: 'endpointId', label: 'Endpoint', kind: 'text', placeholder: 'whk_…' },
];

/** Every message to every endpoint and URL. */
export function WebhookMessagesPage() {
  const tenantId = useTenantId();
  const mayWrite = useHasRole('developer');
  return (
    <>
      <PageHeader
        title="Messages"
        parent={{ label: 'Webhooks', to: `/t/${tenantId}/webhooks` }}
        description="One for each outcome and receiver, however often it was attempted."
        actions={mayWrite && <RecoverButton endpointId={null} />}
      />
      <MessageTable filters={FILTERS} />
    </>
  );
}
