import { Stack, Text, ThemeIcon } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
  readonly icon?: ComponentType<{ size?: number }>;
}

/** Says that there is nothing, and what to do about it. */
export function EmptyState({ title, children, icon: Icon = IconInbox }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py="lg" ta="center">
      <ThemeIcon variant="light" color="gray" size="xl" radius="xl" aria-hidden>
        <Icon size={22} />
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      {children && (
        <Text component="div" size="sm" c="dimmed" maw={480}>
          {children}
        </Text>
      )}
    </Stack>
  );
}
