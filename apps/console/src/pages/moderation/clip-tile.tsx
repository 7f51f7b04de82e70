import { Center, Stack, Text } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';

interface ClipTileProps {
  /** Pixels it takes. */
  readonly side: number;
  /** What is known of the clip, in words. */
  readonly children: string;
}

/** Stands for a clip, of which no picture is made here: who wants to see it has to play it. */
export function ClipTile({ side, children }: ClipTileProps) {
  return (
    <Center
      h={side}
      miw={side}
      p="xs"
      bg="var(--mantine-color-default-hover)"
      style={{ borderRadius: 'var(--mantine-radius-sm)' }}
    >
      <Stack gap={4} align="center">
        <IconMovie size={side > 100 ? 32 : 20} aria-hidden />
        <Text size="xs" ta="center">
          {children}
        </Text>
      </Stack>
    </Center>
  );
}
