import { Group, Text } from '@mantine/core';
import { CopyIcon, PageLink } from '../../components/index.ts';
import { accountStream, eventReference } from '../../operations/events.ts';
import { operates } from '../../session/session.ts';
import { useSignedIn } from '../../session/use-session.ts';
import type { Entry } from './postings.tsx';

/** The event that an entry is made of; who may look at events finds it there. */
export function EventPlace({ entry: { tenantId, revision, eventId, type } }: { entry: Entry }) {
  const event = eventReference({ stream: accountStream(tenantId), revision });
  const mayLook = operates(useSignedIn(), 'operations');
  return (
    <Group gap={4} wrap="nowrap">
      {mayLook ? (
        <PageLink to="/operations/events/$eventId" params={{ eventId: event }}>
          {type}
        </PageLink>
      ) : (
        <Text span size="sm">
          {type}
        </Text>
      )}
      <CopyIcon value={eventId} label={`Copy the id of the event, ${eventId}`} />
    </Group>
  );
}
