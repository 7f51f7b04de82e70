import { Group, List, Text } from '@mantine/core';
import { CopyableId, Dialog, StatusBadge } from '../../components/index.ts';
import type { RedriveReport } from '../../operations/dead-letters.ts';
import { TraceLink } from './trace-link.tsx';

interface RedriveResultProps {
  readonly report: RedriveReport;
  readonly onClose: () => void;
}

/** What became of each dead letter that was to be done once more. */
export function RedriveResult({ report: { redriven, refused }, onClose }: RedriveResultProps) {
  return (
    <Dialog title="What became of each" onClose={onClose} size="lg">
      <List listStyleType="none" spacing="sm">
        {refused.map(({ redriveOf, error }) => (
          <List.Item key={redriveOf}>
            <Group gap="xs">
              <StatusBadge status="refused" color="red" />
              <CopyableId id={redriveOf} />
              <Text size="sm">{error.message}</Text>
            </Group>
          </List.Item>
        ))}
        {redriven.map(({ id, redriveOf }) => (
          <List.Item key={redriveOf}>
            <Group gap="xs">
              <StatusBadge status="redriven" color="green" />
              <CopyableId id={redriveOf} />
              <Text size="sm">as</Text>
              <TraceLink id={id} />
            </Group>
          </List.Item>
        ))}
      </List>
    </Dialog>
  );
}
