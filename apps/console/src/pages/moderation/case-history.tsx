import { Text, Timeline } from '@mantine/core';
import { Section, Timestamp } from '../../components/index.ts';
import type { ModerationCase } from '../../moderation/cases.ts';

type Step = ModerationCase['history'][number];

const TITLES: Readonly<Record<Step['type'], string>> = {
  CaseOpened: 'Opened',
  MediaUnblurred: 'Seen as it is',
  CaseDecided: 'Decided',
  CaseReopened: 'Opened again',
};

function wordsOf({ type, data }: Step): string {
  const { decision, reason, note, assetId } = data as Readonly<Record<string, string | null>>;
  if (type === 'MediaUnblurred') return `${assetId}: ${reason}`;
  return [decision, reason, note]
    .filter(Boolean)
    .map((text) => text?.replaceAll('_', ' '))
    .join(', ');
}

/** All that happened to a case: what, who, when and why. */
export function CaseHistory({ history }: { history: readonly Step[] }) {
  return (
    <Section title="History">
      <Timeline bulletSize={14} lineWidth={2} active={history.length}>
        {history.map((step) => (
          <Timeline.Item key={`${step.at} ${step.type}`} title={TITLES[step.type]}>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {wordsOf(step)}
            </Text>
            <Text size="xs" c="dimmed" component="div">
              <Timestamp at={step.at} /> by {step.actor.id}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Section>
  );
}
