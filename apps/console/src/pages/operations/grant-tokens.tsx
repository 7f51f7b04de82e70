import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { ReasonAction } from '../../components/index.ts';
import { endOfDay } from '../../finance/months.ts';
import { readTokens } from '../../finance/read-tokens.ts';

/** Gives a tenant tokens that nobody pays for. */
export function GrantTokens({ tenantId }: { tenantId: string }) {
  const api = useOperatorApi();
  const [text, setText] = useState('');
  const [expires, setExpires] = useState('');
  const tokens = readTokens(text);
  return (
    <ReasonAction
      label="Grant tokens"
      title={`Grant tokens to ${tenantId}`}
      explains="Promotional tokens of a lot of their own: nobody pays for them, they are spent first and cannot be taken back."
      unfinished={tokens === undefined}
      command={{
        run: (reason) => {
          const expiresAt = expires === '' ? {} : { expiresAt: endOfDay(expires) };
          const body = { tokens: tokens ?? 0, reason, ...expiresAt };
          const params = { path: { tenantId } };
          return answerOf(api.POST('/admin/v1/tenants/{tenantId}/grants', { params, body }));
        },
        done: (grant) => `${grant.tokens} tokens were granted.`,
        touches: [['tenants'], ['ledger']],
      }}
    >
      <TextInput
        label="Tokens"
        inputMode="numeric"
        required
        value={text}
        error={text !== '' && tokens === undefined && 'A whole number of tokens, such as 500.'}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextInput
        label="Last day"
        description="Of UTC; they never expire when empty."
        type="date"
        value={expires}
        onChange={(event) => setExpires(event.currentTarget.value)}
      />
    </ReasonAction>
  );
}
