import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { TableState } from './use-table-state.ts';

/** Ways to the pages before and after; absent when there is one page alone. */
export function Pager({ state, nextCursor }: { state: TableState; nextCursor: string | null }) {
  const { toPrevious, toNext } = state;
  if (toPrevious === undefined && nextCursor === null) return null;
  return (
    <Group component="nav" aria-label="Pages of the table" justify="flex-end" mt="sm" gap="xs">
      <Button
        variant="default"
        size="xs"
        leftSection={<IconChevronLeft size={16} aria-hidden />}
        disabled={toPrevious === undefined}
        onClick={toPrevious}
      >
        Previous
      </Button>
      <Button
        variant="default"
        size="xs"
        rightSection={<IconChevronRight size={16} aria-hidden />}
        disabled={nextCursor === null}
        onClick={() => nextCursor !== null && toNext(nextCursor)}
      >
        Next
      </Button>
    </Group>
  );
}
