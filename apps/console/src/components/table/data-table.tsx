import { Box, Table } from '@mantine/core';
import {
  createSortedRowModel,
  rowSortingFeature,
  type SortFn,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';
import { ErrorNotice } from '../error-notice.tsx';
import { type Column, compareSortValues, type Filter, type SortValue } from './column.ts';
import classes from './data-table.module.css';
import { FilterBar } from './filter-bar.tsx';
import { HeaderCell } from './header-cell.tsx';
import { LoadingRows } from './loading-rows.tsx';
import { Pager } from './pager.tsx';
import type { TableState } from './use-table-state.ts';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
type Features = typeof features;

/** What a query of rows has come to: the result of `useQuery` fits. */
export interface RowsResult<Row> {
  readonly data: { readonly rows: readonly Row[]; readonly nextCursor?: string | null } | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly refetch?: () => unknown;
}

export interface DataTableProps<Row> {
  /** Says what the rows are; read out, not shown. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: RowsResult<Row>;
  readonly rowKey: (row: Row) => string;
  /** From `useTableState()`. */
  readonly state: TableState;
  readonly filters?: readonly Filter[];
  /** Shown in place of no rows: what to do next. */
  readonly empty: ReactNode;
  /** Right of the filters. */
  readonly actions?: ReactNode;
}

const NO_ROWS: never[] = [];

function useSortedRows<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, state } = props;
  const definitions = useMemo(() => {
    const sortFn: SortFn<Features, Row> = (left, right, id) =>
      compareSortValues(left.getValue<SortValue>(id), right.getValue<SortValue>(id));
    return columns.map(({ id, header, sortBy }) => ({
      id,
      header,
      accessorFn: sortBy ?? (() => undefined),
      enableSorting: sortBy !== undefined,
      sortUndefined: 'last' as const,
      sortFn,
    }));
  }, [columns]);
  const { sort } = state;
  const id = sort?.replace(/^-/, '');
  const known = columns.some((column) => column.id === id && column.sortBy !== undefined);
  const sorting = id !== undefined && known ? [{ id, desc: sort?.startsWith('-') ?? false }] : [];
  return useTable({
    features,
    columns: definitions,
    data: (rows.data?.rows as Row[] | undefined) ?? NO_ROWS,
    getRowId: rowKey,
    state: { sorting },
  });
}

function Body<Row extends object>({ props }: { props: DataTableProps<Row> }) {
  const { columns, rows, empty } = props;
  const table = useSortedRows(props);
  const model = table.getRowModel().rows;
  if (rows.data === undefined && rows.error === null)
    return <LoadingRows columns={columns.length} />;
  if (model.length === 0) {
    const shown = rows.error === null ? empty : null;
    return (
      <Table.Tbody>
        <Table.Tr>
          <Table.Td colSpan={columns.length} className={classes.empty}>
            {shown}
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    );
  }
  return (
    <Table.Tbody>
      {model.map((row) => (
        <Table.Tr key={row.id}>
          {columns.map((column) => (
            <Table.Td key={column.id} data-align={column.align}>
              {column.cell(row.original)}
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </Table.Tbody>
  );
}

/** The one table of the console: filters, order and place in the address, each state of its rows told. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { caption, columns, rows, state, filters = [], actions } = props;
  return (
    <Box>
      <FilterBar filters={filters} state={state} actions={actions} />
      {rows.error !== null && <ErrorNotice error={rows.error} onRetry={rows.refetch} mb="md" />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.frame} aria-label={caption} tabIndex={0}>
        <Table className={classes.table} aria-busy={rows.isFetching} highlightOnHover>
          <caption className={classes.caption}>{caption}</caption>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <HeaderCell key={column.id} column={column} state={state} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Body props={props} />
        </Table>
      </section>
      <Pager state={state} nextCursor={rows.data?.nextCursor ?? null} />
    </Box>
  );
}
