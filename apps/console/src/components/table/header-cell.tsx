import { Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './data-table.module.css';

const ICONS = { none: IconArrowsSort, ascending: IconArrowUp, descending: IconArrowDown } as const;

interface HeaderCellProps {
  readonly align: 'left' | 'right' | undefined;
  readonly children: ReactNode;
}

/** Head of a column. */
export function HeaderCell({ align, children }: HeaderCellProps) {
  return (
    <Table.Th scope="col" data-align={align}>
      {children}
    </Table.Th>
  );
}

interface SortHeaderCellProps extends HeaderCellProps {
  readonly order: keyof typeof ICONS;
  readonly onPress: () => void;
}

/** Head of a column that rows can be sorted by. */
export function SortHeaderCell({ align, order, onPress, children }: SortHeaderCellProps) {
  const Icon = ICONS[order];
  return (
    <Table.Th scope="col" data-align={align} aria-sort={order}>
      <UnstyledButton className={classes.sort} fz="inherit" fw="inherit" onClick={onPress}>
        {children}
        <Icon size={14} aria-hidden data-order={order} />
      </UnstyledButton>
    </Table.Th>
  );
}
