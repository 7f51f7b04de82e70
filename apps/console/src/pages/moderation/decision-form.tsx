import { Button, Group, Radio, Select, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { useCommand } from '../../api/use-command.ts';
import { ErrorNotice, Section } from '../../components/index.ts';
import {
  type Decision,
  type DecisionReason,
  decisionOptions,
  type ModerationCase,
  reasonOptions,
} from '../../moderation/cases.ts';

function useDecide(id: string) {
  const api = useOperatorApi();
  return useCommand({
    run: (body: { decision: Decision; reason: DecisionReason; note?: string }) =>
      answerOf(
        api.POST('/admin/v1/moderation/cases/{id}/decision', { params: { path: { id } }, body }),
      ),
    done: 'The decision is on record.',
    touches: [['moderation']],
  });
}

/** Decides a case: what, why, and in one's own words. */
export function DecisionForm({ found }: { found: ModerationCase }) {
  const { mutate, isPending, error } = useDecide(found.id);
  const [decision, setDecision] = useState<Decision | null>(null);
  const [reason, setReason] = useState<DecisionReason | null>(null);
  const [note, setNote] = useState('');
  const said = note.trim();
  const ready = decision !== null && reason !== null && (reason !== 'other' || said !== '');
  const send = () => ready && mutate({ decision, reason, ...(said && { note: said }) });
  const isFinal = decision === 'takedown';
  return (
    <Section title="Decide">
      <Stack>
        <Radio.Group
          label="Decision"
          required
          value={decision}
          onChange={(value) => setDecision(value as Decision)}
        >
          <Stack gap="xs" mt="xs">
            {decisionOptions(found).map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        <Select
          label="Reason"
          required
          maw={420}
          data={reasonOptions}
          value={reason}
          onChange={(value) => setReason(value as DecisionReason | null)}
        />
        <Textarea
          label="Note"
          description="Kept for good with your name."
          required={reason === 'other'}
          autosize
          minRows={2}
          maxLength={1_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <ErrorNotice error={error} />
        <Group>
          <Button
            color={isFinal ? 'red' : undefined}
            loading={isPending}
            disabled={!ready}
            onClick={send}
          >
            {isFinal ? 'Take down for good' : 'Decide'}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
