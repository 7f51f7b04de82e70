import { Box, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface DescriptionListProps {
  /** Names and what they say; nothing is shown as a dash. */
  readonly items: readonly (readonly [name: string, value: ReactNode])[];
}

/** Facts about one thing, by name. */
export function DescriptionList({ items }: DescriptionListProps) {
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 3 }} spacing="md" my={0}>
      {items.map(([name, value]) => (
        <Box key={name}>
          <Text component="dt" size="xs" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
            {value ?? '–'}
          </Text>
        </Box>
      ))}
    </SimpleGrid>
  );
}
