import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Filter } from './column.ts';
import type { TableState } from './use-table-state.ts';

const INPUT_TYPES = { text: 'search', day: 'date', month: 'month' } as const;

/** A text that is taken over when the reader leaves the field or presses Enter. */
function TextFilter({ filter, state }: { filter: Filter; state: TableState }) {
  const value = state.filters[filter.id] ?? '';
  const type = filter.kind === 'choice' ? 'text' : INPUT_TYPES[filter.kind];
  const take = (text: string) => text.trim() !== value && state.setFilter(filter.id, text.trim());
  return (
    <TextInput
      key={value}
      size="xs"
      type={type}
      label={filter.label}
      placeholder={filter.kind === 'text' ? filter.placeholder : undefined}
      defaultValue={value}
      onBlur={(event) => take(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
    />
  );
}

function FilterInput({ filter, state }: { filter: Filter; state: TableState }) {
  if (filter.kind !== 'choice') return <TextFilter filter={filter} state={state} />;
  return (
    <Select
      size="xs"
      label={filter.label}
      placeholder={filter.otherwise ?? 'Any'}
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${filter.label}` }}
      data={[...filter.options]}
      value={state.filters[filter.id] ?? null}
      onChange={(value) => state.setFilter(filter.id, value)}
    />
  );
}

interface FilterBarProps {
  readonly filters: readonly Filter[];
  readonly state: TableState;
  readonly actions?: ReactNode;
}

/** Filters of a table and what can be done beside it. */
export function FilterBar({ filters, state, actions }: FilterBarProps) {
  if (filters.length === 0 && !actions) return null;
  const isFiltered = filters.some((filter) => state.filters[filter.id] !== undefined);
  return (
    <Group mb="md" gap="sm" align="flex-end" role="search" aria-label="Filters">
      {filters.map((filter) => (
        <FilterInput key={filter.id} filter={filter} state={state} />
      ))}
      {isFiltered && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconFilterOff size={16} aria-hidden />}
          onClick={() => state.setFilters({})}
        >
          Clear filters
        </Button>
      )}
      {actions && (
        <Group ml="auto" gap="xs">
          {actions}
        </Group>
      )}
    </Group>
  );
}
