import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  CopyableId,
  DescriptionList,
  JsonView,
  PageHeader,
  PageLink,
  QueryView,
  Timestamp,
} from '../../components/index.ts';
import type { RecordedEvent } from '../../operations/events.ts';

function Facts({ event }: { event: RecordedEvent }) {
  const { stream, correlationId, actor } = event;
  return (
    <DescriptionList
      items={[
        [
          'Stream',
          <PageLink key="stream" to="/operations/events" search={{ stream }}>
            {stream}
          </PageLink>,
        ],
        ['Number in its stream', event.revision],
        ['Position in the store', event.position],
        ['Happened', <Timestamp key="at" at={event.at} />],
        ['Known', <Timestamp key="known" at={event.knownAt} />],
        ['Version of its schema', event.version],
        ['By', `${actor.kind} ${actor.id}`],
        [
          'Request',
          <PageLink key="trace" to="/operations/traces" search={{ id: correlationId }}>
            {correlationId}
          </PageLink>,
        ],
        ['Led to by', <CopyableId key="cause" id={event.causationId} />],
        ['Id', <CopyableId key="id" id={event.id} />],
      ]}
    />
  );
}

export function EventPage() {
  const api = useOperatorApi();
  const { eventId = '' } = useParams({ strict: false });
  const event = useQuery({
    queryKey: ['events', 'one', eventId],
    queryFn: () =>
      answerOf(api.GET('/admin/v1/events/{eventId}', { params: { path: { eventId } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <PageHeader
        title={event.data?.type ?? 'Event'}
        parent={{ label: 'Events', to: '/operations/events' }}
      />
      <QueryView query={event}>
        {(found) => (
          <Stack gap="lg">
            <Facts event={found} />
            <section>
              <Title order={2} size="h4" mb="xs">
                What it says
              </Title>
              <JsonView value={found.data} label="data of the event" />
            </section>
          </Stack>
        )}
      </QueryView>
    </>
  );
}
