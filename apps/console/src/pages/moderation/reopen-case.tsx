import { Select } from '@mantine/core';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { ReasonAction } from '../../components/index.ts';
import { type ReopeningReason, reopeningOptions } from '../../moderation/cases.ts';

/** Has a decided case looked at once more. */
export function ReopenCase({ caseId }: { caseId: string }) {
  const api = useOperatorApi();
  const [reason, setReason] = useState<ReopeningReason>('appeal');
  return (
    <ReasonAction
      label="Open again"
      title="Look at it once more"
      explains="The decision holds until the next one. What was erased stays erased."
      command={{
        run: (note: string) =>
          answerOf(
            api.POST('/admin/v1/moderation/cases/{id}/reopen', {
              params: { path: { id: caseId } },
              body: { reason, note },
            }),
          ),
        done: 'The case is open again.',
        touches: [['moderation']],
      }}
    >
      <Select
        label="What for"
        allowDeselect={false}
        data={reopeningOptions}
        value={reason}
        onChange={(value) => setReason((value ?? 'appeal') as ReopeningReason)}
      />
    </ReasonAction>
  );
}
