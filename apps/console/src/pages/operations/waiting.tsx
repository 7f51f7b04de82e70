import { List, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import type { components } from '../../api/openapi.ts';
import {
  CopyableId,
  DescriptionList,
  EmptyState,
  IdForm,
  PageHeader,
  PageLink,
  QueryView,
  StatusBadge,
} from '../../components/index.ts';

type WhyAnswer = components['schemas']['WhyAnswer'];

function Answer({ answer }: { answer: WhyAnswer }) {
  const { id, model, status, attempts, workerId, position, reasons } = answer;
  return (
    <Stack>
      <Paper withBorder p="md">
        {reasons.length === 0 ? (
          <Text>It does not wait.</Text>
        ) : (
          <List type="ordered" spacing="xs">
            {reasons.map(({ reason, message }) => (
              <List.Item key={reason}>
                {message}{' '}
                <Text span size="xs" c="dimmed">
                  {reason}
                </Text>
              </List.Item>
            ))}
          </List>
        )}
      </Paper>
      <DescriptionList
        items={[
          ['Generation', <CopyableId key="id" id={id} whole />],
          ['Status of its job', <StatusBadge key="status" status={status} />],
          [
            'Model',
            <PageLink key="model" to="/operations/models">
              {model}
            </PageLink>,
          ],
          ['Attempts', attempts],
          ['Place in the queue', position],
          ['Worker', workerId && <CopyableId key="worker" id={workerId} />],
        ]}
      />
    </Stack>
  );
}

function Why({ id }: { id: string }) {
  const api = useOperatorApi();
  const why = useQuery({
    queryKey: ['why', id],
    queryFn: () => answerOf(api.GET('/admin/v1/jobs/{id}/why', { params: { path: { id } } })),
    refetchInterval: 5_000,
  });
  return <QueryView query={why}>{(answer) => <Answer answer={answer} />}</QueryView>;
}

export function WaitingPage() {
  const { id } = useSearch({ strict: false }) as { id?: string };
  return (
    <>
      <PageHeader
        title="Why is it waiting?"
        description="From the queue, the workers, the breaker of the model and the deadlines: what counts first comes first."
      />
      <IdForm id={id} label="Generation" placeholder="req_…" submitLabel="Why does it wait?" />
      {id === undefined ? (
        <EmptyState title="Which request?">Paste the id of a generation above.</EmptyState>
      ) : (
        <Why id={id} />
      )}
    </>
  );
}
