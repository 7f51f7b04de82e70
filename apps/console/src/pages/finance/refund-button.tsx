import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { ReasonAction } from '../../components/index.ts';
import { readMoney } from '../../finance/read-tokens.ts';
import type { TopUp } from './top-up-columns.tsx';

/** Sends money back to the payer. Absent where none came, or all of it went back. */
export function RefundButton({ topUp }: { topUp: TopUp }) {
  const { id, received, refunded, currency } = topUp;
  const api = useOperatorApi();
  const [text, setText] = useState('');
  const amount = text.trim() === '' ? null : readMoney(text);
  if (received === null || received === refunded) return null;
  return (
    <ReasonAction
      label="Send money back"
      title="Send money back"
      explains="The provider is asked until it answers; then the tokens leave the account. Tokens that were used already are charged back, which freezes the account."
      danger
      unfinished={amount === undefined}
      command={{
        run: (reason) => {
          const body = amount ? { reason, amount } : { reason };
          const params = { path: { id } };
          return answerOf(api.POST('/admin/v1/top-ups/{id}/refunds', { params, body }));
        },
        done: 'The refund was asked for.',
        touches: [['top-ups']],
      }}
    >
      <TextInput
        label={`Amount in ${currency}`}
        description="Empty: all that is left."
        inputMode="decimal"
        value={text}
        error={amount === undefined && 'An amount such as 12.50.'}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </ReasonAction>
  );
}
