import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { ReasonAction } from '../../components/index.ts';
import { type DecisionReason, reasonOptions } from '../../moderation/cases.ts';

/** Erases what was delivered, by the id of its generation. */
export function TakeDown() {
  const api = useOperatorApi();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState<DecisionReason | null>(null);
  const generationId = typed.trim();
  return (
    <ReasonAction
      label="Take down"
      title="Take down what was delivered"
      explains="Images and prompt are erased at once and for good; their URLs die with them. The tenant keeps the record of what was charged."
      danger
      color="red"
      variant="filled"
      unfinished={generationId === '' || reason === null}
      command={{
        run: (note: string) =>
          answerOf(
            api.POST('/admin/v1/moderation/takedowns', {
              body: { generationId, reason: reason ?? 'other', note },
            }),
          ),
        done: ({ generationId: gone }) => `${gone} is taken down.`,
        touches: [['moderation']],
      }}
    >
      <TextInput
        label="Generation"
        required
        placeholder="req_…"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Select
        label="On grounds of"
        required
        data={reasonOptions}
        value={reason}
        onChange={(value) => setReason(value as DecisionReason | null)}
      />
    </ReasonAction>
  );
}
