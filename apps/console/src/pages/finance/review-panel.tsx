import { Alert, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { ReasonAction } from '../../components/index.ts';
import { readTokens } from '../../finance/read-tokens.ts';
import { reviewCause } from '../../finance/review-causes.ts';
import { formatTokens } from '../../format/amount.ts';
import type { TopUp } from './top-up-columns.tsx';

type Review = NonNullable<TopUp['review']>;

function Decisions({ topUp, review }: { topUp: TopUp; review: Review }) {
  const api = useOperatorApi();
  const [text, setText] = useState('');
  const tokens = text.trim() === '' ? null : readTokens(text);
  const path = { id: topUp.id };
  const decide = (decision: 'credit' | 'refuse') => ({
    run: (reason: string) => {
      const body = { decision, reason, ...(decision === 'credit' && tokens ? { tokens } : {}) };
      return answerOf(api.POST('/admin/v1/top-ups/{id}/review', { params: { path }, body }));
    },
    done: ({ status }: TopUp) => `The top-up is ${status.replaceAll('_', ' ')}.`,
    touches: [['top-ups']],
  });
  return (
    <Group gap="xs">
      <ReasonAction
        label={review.proposal === null ? 'Credit' : 'Approve'}
        title="Credit this payment"
        explains="The tokens come on the account within moments. Above the limit of one operator it becomes a proposal, which another one approves."
        unfinished={tokens === undefined}
        variant="filled"
        command={decide('credit')}
      >
        <TextInput
          label="Tokens"
          description="Empty: what was proposed, or what the money buys."
          inputMode="numeric"
          value={text}
          error={tokens === undefined && 'A whole number of tokens, such as 5000.'}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </ReasonAction>
      <ReasonAction
        label="Refuse"
        title="Refuse this payment"
        explains="Nothing is credited, for good. The money is sent back by a refund."
        danger
        command={decide('refuse')}
      />
    </Group>
  );
}

/** What is to decide about a payment, and who has proposed what. */
export function ReviewPanel({ topUp, review }: { topUp: TopUp; review: Review }) {
  const { proposal } = review;
  return (
    <Alert
      color="yellow"
      icon={<IconScale size={18} aria-hidden />}
      title={proposal === null ? 'Waits for a decision' : 'Waits for a second operator'}
    >
      <Stack gap="sm">
        <Text size="sm">{reviewCause(review.cause)}</Text>
        {proposal && (
          <Text size="sm">
            {proposal.operator} proposes {formatTokens(proposal.tokens)} tokens: {proposal.reason}
          </Text>
        )}
        <Decisions topUp={topUp} review={review} />
      </Stack>
    </Alert>
  );
}
