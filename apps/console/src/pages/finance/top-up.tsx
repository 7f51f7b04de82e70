import { Group, SimpleGrid, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  CopyableId,
  DescriptionList,
  Money,
  PageHeader,
  PageLink,
  QueryView,
  StatTile,
  StatusBadge,
  Timestamp,
  Tokens,
} from '../../components/index.ts';
import { formatTokens } from '../../format/amount.ts';
import { RecordPayment } from './record-payment.tsx';
import { RefundButton } from './refund-button.tsx';
import { ReviewPanel } from './review-panel.tsx';
import type { TopUp } from './top-up-columns.tsx';

function Figures({ topUp }: { topUp: TopUp }) {
  const { price, received, refunded, currency, credited, tokens } = topUp;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      <StatTile
        label="Price"
        value={<Money amount={price} currency={currency} />}
        hint={`for ${formatTokens(tokens)} tokens`}
      />
      <StatTile label="Received" value={<Money amount={received} currency={currency} />} />
      <StatTile label="Credited" value={<Tokens value={credited} />} hint="tokens" />
      <StatTile label="Sent back" value={<Money amount={refunded} currency={currency} />} />
    </SimpleGrid>
  );
}

function Facts({ topUp }: { topUp: TopUp }) {
  const { tenantId, lotId } = topUp;
  return (
    <DescriptionList
      items={[
        ['Tenant', <CopyableId key="tenant" id={tenantId} />],
        ['Provider', topUp.provider],
        ['Package', topUp.package ?? 'an amount set by an operator'],
        ['Discount', topUp.discountTier ?? 'none'],
        ['Checkout', <CopyableId key="checkout" id={topUp.checkoutId} />],
        ['Payment', <CopyableId key="payment" id={topUp.paymentId} />],
        [
          'Lot',
          lotId && (
            <PageLink key="lot" to="/finance/entries" search={{ tenantId, lotId }}>
              {lotId}
            </PageLink>
          ),
        ],
        ['Ordered', <Timestamp key="ordered" at={topUp.createdAt} />],
        ['Price holds until', <Timestamp key="expires" at={topUp.expiresAt} />],
        ['Credited', <Timestamp key="credited" at={topUp.creditedAt} />],
        ['Decided by', topUp.operators.join(', ') || (topUp.credited > 0 ? 'a rule' : null)],
        ['Reason', topUp.reason],
      ]}
    />
  );
}

function Movements({ topUp: { refunds, disputes, currency } }: { topUp: TopUp }) {
  if (refunds.length + disputes.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Refunds and disputes
      </Title>
      <Stack gap="xs">
        {refunds.map(({ refundId, amount, status }) => (
          <Group key={refundId} gap="sm">
            <StatusBadge status={status} color={status === 'done' ? 'green' : undefined} />
            <Money amount={amount} currency={currency} /> sent back
            <CopyableId id={refundId} />
          </Group>
        ))}
        {disputes.map(({ disputeId, amount, reason, status }) => (
          <Group key={disputeId} gap="sm">
            <StatusBadge status={status} color={status === 'won' ? 'green' : 'red'} />
            <Money amount={amount} currency={currency} /> disputed: {reason}
            <CopyableId id={disputeId} />
          </Group>
        ))}
      </Stack>
    </section>
  );
}

export function TopUpPage() {
  const api = useOperatorApi();
  const { topUpId: id = '' } = useParams({ strict: false });
  const topUp = useQuery({
    queryKey: ['top-ups', 'one', id],
    queryFn: () => answerOf(api.GET('/admin/v1/top-ups/{id}', { params: { path: { id } } })),
  });
  const { data } = topUp;
  return (
    <>
      <PageHeader
        title="Top-up"
        parent={{ label: 'Top-ups', to: '/finance/top-ups' }}
        aside={data && <StatusBadge status={data.status} />}
        description={<CopyableId id={id} whole />}
        actions={data && <RefundButton topUp={data} />}
      />
      <QueryView query={topUp}>
        {(found) => (
          <Stack gap="lg">
            {found.review && <ReviewPanel topUp={found} review={found.review} />}
            <RecordPayment topUp={found} />
            <Figures topUp={found} />
            <Facts topUp={found} />
            <Movements topUp={found} />
          </Stack>
        )}
      </QueryView>
    </>
  );
}
