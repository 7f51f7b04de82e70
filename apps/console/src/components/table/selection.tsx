import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Column } from './column.ts';

interface SelectionOptions<Row> {
  readonly keyOf: (row: Row) => string;
  /** Rows that nothing can be done with have no box. */
  readonly mayChoose: (row: Row) => boolean;
}

export interface Selection<Row> {
  /** First column of the table: a box for each row, and one for all. */
  readonly column: Column<Row>;
  /** Keys of the rows that are chosen, in the order they are shown. */
  readonly chosen: readonly string[];
  readonly clear: () => void;
}

/** Rows to do something with, chosen among those that are shown: nothing unseen is ever meant. */
export function useSelection<Row>(
  rows: readonly Row[],
  { keyOf, mayChoose }: SelectionOptions<Row>,
): Selection<Row> {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const open = rows.filter(mayChoose).map(keyOf);
  const chosen = open.filter((key) => keys.has(key));
  const toggle = (key: string) =>
    setKeys(new Set(keys.has(key) ? chosen.filter((each) => each !== key) : [...chosen, key]));
  const isAll = open.length > 0 && chosen.length === open.length;
  const column: Column<Row> = {
    id: 'chosen',
    header: 'Chosen',
    head: (
      <Checkbox
        size="xs"
        aria-label="Choose all that are shown"
        disabled={open.length === 0}
        checked={isAll}
        indeterminate={!isAll && chosen.length > 0}
        onChange={() => setKeys(new Set(isAll ? [] : open))}
      />
    ),
    cell: (row) =>
      mayChoose(row) && (
        <Checkbox
          size="xs"
          aria-label={`Choose ${keyOf(row)}`}
          checked={keys.has(keyOf(row))}
          onChange={() => toggle(keyOf(row))}
        />
      ),
  };
  return { column, chosen, clear: () => setKeys(new Set()) };
}
