import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { ReasonAction } from '../../components/index.ts';

/** Opens a case for what was delivered, and goes there. */
export function OpenReport() {
  const api = useOperatorApi();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const generationId = typed.trim();
  return (
    <ReasonAction
      label="Open a case"
      title="Open a case for what was delivered"
      explains="Somebody has complained. You see it blurred before anything is decided."
      unfinished={generationId === ''}
      command={{
        run: (note: string) =>
          answerOf(api.POST('/admin/v1/moderation/cases', { body: { generationId, note } })),
        done: 'The case is open.',
        touches: [['moderation']],
        onDone: ({ id }) =>
          void navigate({ to: '/moderation/cases/$caseId', params: { caseId: id } }),
      }}
    >
      <TextInput
        label="Generation"
        required
        placeholder="req_…"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ReasonAction>
  );
}
