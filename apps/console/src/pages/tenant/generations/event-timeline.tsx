import { ScrollArea, SegmentedControl, Stack, Text, Timeline } from '@mantine/core';
import { useState } from 'react';
import {
  CopyableId,
  EmptyState,
  JsonView,
  QueryView,
  Section,
  Timestamp,
} from '../../../components/index.ts';
import {
  type TimelineEntry,
  type TimelineGroup,
  type ToldEvent,
  type Tone,
  timelineOf,
} from '../../../generations/timeline.ts';
import { useTimeline } from '../../../generations/use-generation.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

const COLORS: Readonly<Record<Tone, string>> = {
  good: 'green',
  bad: 'red',
  busy: 'blue',
  plain: 'gray',
};

type View = TimelineGroup | 'all' | 'json';

const VIEWS = [
  { value: 'all', label: 'All' },
  { value: 'work', label: 'Work' },
  { value: 'tokens', label: 'Tokens' },
  { value: 'webhooks', label: 'Webhooks' },
  { value: 'json', label: 'JSON' },
];

function Entry({ entry }: { entry: TimelineEntry }) {
  const tenantId = useTenantId();
  const { at, detail, messageId, generationId } = entry;
  return (
    <>
      <Text size="xs" c="dimmed">
        <Timestamp at={at} />
      </Text>
      {detail !== '' && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {detail}
        </Text>
      )}
      {messageId !== null && (
        <CopyableId id={messageId} to={`/t/${tenantId}/webhook-messages/${messageId}`} />
      )}
      {generationId !== null && (
        <CopyableId id={generationId} to={`/t/${tenantId}/generations/${generationId}`} />
      )}
    </>
  );
}

function Entries({
  events,
  group,
}: {
  events: readonly ToldEvent[];
  group: TimelineGroup | 'all';
}) {
  const entries = timelineOf(events, group);
  if (entries.length === 0) return <EmptyState title="Nothing of this kind has happened" />;
  return (
    <Timeline bulletSize={14} lineWidth={2} active={entries.length}>
      {entries.map((entry) => (
        <Timeline.Item key={entry.id} title={entry.title} color={COLORS[entry.tone]}>
          <Entry entry={entry} />
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

/** Every event of a generation: its work, its tokens, its webhooks. */
export function EventTimeline({ id }: { id: string }) {
  const [view, setView] = useState<View>('all');
  return (
    <Section title="Timeline">
      <Stack>
        <ScrollArea type="never">
          <SegmentedControl
            size="xs"
            aria-label="What to show of the timeline"
            data={VIEWS}
            value={view}
            onChange={(value) => setView(value as View)}
          />
        </ScrollArea>
        <QueryView query={useTimeline(id)}>
          {({ events, cut }) => (
            <>
              {view === 'json' ? (
                <JsonView value={events} label="the timeline" />
              ) : (
                <Entries events={events as unknown as ToldEvent[]} group={view} />
              )}
              {cut && <Text size="sm">There is more than is shown here.</Text>}
            </>
          )}
        </QueryView>
      </Stack>
    </Section>
  );
}
