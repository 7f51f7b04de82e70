import { Alert, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { useCommand } from '../../api/use-command.ts';
import { PageHeader, PageLink } from '../../components/index.ts';
import { GrantTokens } from '../operations/grant-tokens.tsx';
import { type PaymentFields, toPayment } from './payment-fields.ts';
import { PaymentForm } from './payment-form.tsx';
import type { TopUp } from './top-up-columns.tsx';

/** What became of a credit by hand. */
function Outcome({ topUp: { id, status, tenantId, review } }: { topUp: TopUp }) {
  const waits = status === 'under_review';
  const Icon = waits ? IconUsers : IconCheck;
  return (
    <Alert
      role="status"
      color={waits ? 'yellow' : 'green'}
      icon={<Icon size={18} aria-hidden />}
      title={waits ? 'Another operator has to approve it' : 'Recorded'}
    >
      <Text size="sm" mb="xs">
        {waits
          ? `It is above what one operator may credit. ${review?.proposal?.operator ?? 'You'} proposed it; somebody else decides.`
          : `The tokens come on the account of ${tenantId} within moments.`}
      </Text>
      <PageLink to="/finance/top-ups/$topUpId" params={{ topUpId: id }}>
        Open the top-up
      </PageLink>
    </Alert>
  );
}

export function ManualCreditPage() {
  const api = useOperatorApi();
  const [tenantId, setTenantId] = useState('');
  const [isMissing, setMissing] = useState(false);
  const credit = useCommand({
    run: (fields: PaymentFields) => {
      const params = { path: { tenantId: tenantId.trim() } };
      const body = toPayment(fields);
      return answerOf(api.POST('/admin/v1/tenants/{tenantId}/manual-credits', { params, body }));
    },
    done: 'The payment is on record.',
    touches: [['top-ups'], ['ledger']],
  });
  return (
    <>
      <PageHeader
        title="Manual credit"
        description="Credits a payment that came without an order, such as a transfer. Above the limit of one operator it is a proposal, which another operator approves in the review queue. Tokens that nobody pays for are granted: name the tenant first."
        actions={tenantId.trim() !== '' && <GrantTokens tenantId={tenantId.trim()} />}
      />
      <Stack>
        {credit.data && <Outcome topUp={credit.data} />}
        <TextInput
          label="Tenant"
          description="Id of the tenant that gets the tokens."
          required
          maw={560}
          value={tenantId}
          error={isMissing && 'Name the tenant.'}
          onChange={(event) => {
            setTenantId(event.currentTarget.value);
            setMissing(false);
          }}
        />
        <PaymentForm
          key={credit.data?.id}
          submitLabel="Credit"
          isPending={credit.isPending}
          error={credit.error}
          onSubmit={(fields) => (tenantId.trim() === '' ? setMissing(true) : credit.mutate(fields))}
        />
      </Stack>
    </>
  );
}
