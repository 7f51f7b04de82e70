import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { TableState } from '../components/table/use-table-state.ts';
import { isSameFilter } from './saved-filters.ts';
import { useSavedFilters } from './use-saved-filters.ts';

function NameOfFilter({ onName }: { onName: (name: string) => void }) {
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onName(name);
    setName('');
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          size="xs"
          label="Save the present filters as"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" disabled={name.trim() === ''}>
          Save
        </Button>
      </Group>
    </form>
  );
}

/** Filters of a list under names of the user's own. */
export function SavedFiltersMenu({ list, state }: { list: string; state: TableState }) {
  const { saved, save, remove } = useSavedFilters(list);
  const isFiltered = Object.keys(state.filters).length > 0;
  return (
    <Popover position="bottom-end" withArrow shadow="md" trapFocus>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
          Saved filters
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" miw={240}>
          {saved.length === 0 && (
            <Text size="sm" c="dimmed">
              Set filters, then save them here under a name.
            </Text>
          )}
          {saved.map(({ name, filters }) => (
            <Group key={name} justify="space-between" wrap="nowrap" gap="xs">
              <Button
                size="compact-sm"
                variant={isSameFilter(filters, state.filters) ? 'light' : 'subtle'}
                onClick={() => state.setFilters(filters)}
              >
                {name}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Forget ${name}`}
                onClick={() => remove(name)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
          {saved.length > 0 && (
            <Text size="xs" c="dimmed">
              Kept in this browser until you sign out.
            </Text>
          )}
          {isFiltered && <NameOfFilter onName={(name) => save({ name, filters: state.filters })} />}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
