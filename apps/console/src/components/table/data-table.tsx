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
import { HeaderCell, SortHeaderCell } from './header-cell.tsx';
import { LoadingRows } from './loading-rows.tsx';
import { idOf, isSortable, nextSort, shownOrder } from './order.ts';
import { Pager } from './pager.tsx';
import type { TableState } from './use-table-state.ts';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
type Features = typeof features;

/** What a query of rows has come to: the result of `useQuery` fits. */
export interface RowsResult<Row> {
  readonly data: { readonly rows: readonly Row[]; readonly nextCursor?: string | null } | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  /** Ids of columns that the API sorts by, the usual order first; none when absent. */
  readonly sorts?: readonly string[];
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

/** Orders of a list: what it is in, and what its columns offer. */
function useOrder<Row extends object>({ columns, rows, state }: DataTableProps<Row>) {
  const isWhole = state.cursor === undefined && (rows.data?.nextCursor ?? null) === null;
  const list = { sorts: rows.sorts ?? [], isWhole };
  return { list, ...shownOrder(columns, list, state.sort) };
}

function Head<Row extends object>({ props }: { props: DataTableProps<Row> }) {
  const { columns, state } = props;
  const { list, sort } = useOrder(props);
  return (
    <Table.Tr>
      {columns.map((column) => {
        const { id, header, head = header, align } = column;
        if (!isSortable(column, list)) {
          return (
            <HeaderCell key={id} align={align}>
              {head}
            </HeaderCell>
          );
        }
        const order = sort === id ? 'ascending' : sort === `-${id}` ? 'descending' : 'none';
        const press = () => state.setSort(nextSort(id, sort, list.sorts[0]));
        return (
          <SortHeaderCell key={id} align={align} order={order} onPress={press}>
            {head}
          </SortHeaderCell>
        );
      })}
    </Table.Tr>
  );
}

function useSortedRows<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey } = props;
  const { sort, isMadeHere } = useOrder(props);
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
  const sorting =
    isMadeHere && sort !== undefined ? [{ id: idOf(sort), desc: sort.startsWith('-') }] : [];
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
            <div>{shown}</div>
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
  const { caption, rows, state, filters = [], actions } = props;
  return (
    <Box>
      <FilterBar filters={filters} state={state} actions={actions} />
      {rows.error !== null && <ErrorNotice error={rows.error} onRetry={rows.refetch} mb="md" />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.frame} aria-label={caption} tabIndex={0}>
        <Table className={classes.table} aria-busy={rows.isFetching} highlightOnHover>
          <caption className={classes.caption}>{caption}</caption>
          <Table.Thead>
            <Head props={props} />
          </Table.Thead>
          <Body props={props} />
        </Table>
      </section>
      <Pager state={state} nextCursor={rows.data?.nextCursor ?? null} />
    </Box>
  );
}
