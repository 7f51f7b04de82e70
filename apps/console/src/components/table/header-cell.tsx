import { Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { Column } from './column.ts';
import classes from './data-table.module.css';
import type { TableState } from './use-table-state.ts';

const ORDERS = {
  none: { icon: IconArrowsSort, next: (id: string) => id },
  ascending: { icon: IconArrowUp, next: (id: string) => `-${id}` },
  descending: { icon: IconArrowDown, next: () => undefined },
} as const;

function orderOf(id: string, sort: string | undefined): keyof typeof ORDERS {
  if (sort === id) return 'ascending';
  return sort === `-${id}` ? 'descending' : 'none';
}

/** Head of a column; a press goes from no order to ascending to descending. */
export function HeaderCell<Row>({ column, state }: { column: Column<Row>; state: TableState }) {
  const { id, header, align, sortBy } = column;
  if (sortBy === undefined) {
    return (
      <Table.Th scope="col" data-align={align}>
        {header}
      </Table.Th>
    );
  }
  const order = orderOf(id, state.sort);
  const { icon: Icon, next } = ORDERS[order];
  return (
    <Table.Th scope="col" data-align={align} aria-sort={order}>
      <UnstyledButton
        className={classes.sort}
        fz="inherit"
        fw="inherit"
        onClick={() => state.setSort(next(id))}
      >
        {header}
        <Icon size={14} aria-hidden data-order={order} />
      </UnstyledButton>
    </Table.Th>
  );
}
