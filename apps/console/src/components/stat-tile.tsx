import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface StatTileProps {
  readonly label: string;
  readonly value: ReactNode;
  /** What it means, or what it was before. */
  readonly hint?: ReactNode;
  readonly color?: string;
}

/** One figure with its name. */
export function StatTile({ label, value, hint, color }: StatTileProps) {
  return (
    <Paper withBorder p="md" radius="md" role="group" aria-label={label}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text
        component="div"
        fz={{ base: 19, sm: 26 }}
        fw={650}
        c={color}
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        {value}
      </Text>
      {hint && (
        <Text component="div" size="xs" c="dimmed">
          {hint}
        </Text>
      )}
    </Paper>
  );
}
