import { Group, Title } from '@mantine/core';
import { StatusBadge } from '../../components/index.ts';

interface RunHeadingProps {
  readonly title: string;
  readonly state: 'running' | 'finished' | 'failed' | 'stopped';
}

/** Names work in the background, and how it stands. */
export function RunHeading({ title, state }: RunHeadingProps) {
  return (
    <Group gap="sm" mb="xs">
      <Title order={2} size="h4">
        {title}
      </Title>
      <StatusBadge status={state} color={state === 'finished' ? 'green' : undefined} />
    </Group>
  );
}
