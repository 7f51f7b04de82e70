import { Text } from '@mantine/core';
import { Tokens } from '../amount.tsx';
import { CopyableId } from '../copyable-id.tsx';
import { Timestamp } from '../timestamp.tsx';
import type { Column } from './column.ts';

/** A moment. */
export const timeColumn = <Row,>(
  id: string,
  header: string,
  of: (row: Row) => string | null,
): Column<Row> => ({ id, header, cell: (row) => <Timestamp at={of(row)} />, sortBy: of });

/** A word or two. */
export const textColumn = <Row,>(
  id: string,
  header: string,
  of: (row: Row) => string | null,
): Column<Row> => ({ id, header, cell: (row) => of(row) ?? '–', sortBy: of });

/** A sentence, which takes the room that it needs. */
export const proseColumn = <Row,>(
  id: string,
  header: string,
  of: (row: Row) => string | null,
): Column<Row> => ({
  id,
  header,
  cell: (row) => (
    <Text size="sm" miw={180} style={{ overflowWrap: 'anywhere' }}>
      {of(row) ?? '–'}
    </Text>
  ),
});

/** An id to copy. */
export const idColumn = <Row,>(
  id: string,
  header: string,
  of: (row: Row) => string | null,
): Column<Row> => ({ id, header, cell: (row) => <CopyableId id={of(row)} />, sortBy: of });

/** A whole number, exact: tokens, events, rows. */
export const amountColumn = <Row,>(
  id: string,
  header: string,
  of: (row: Row) => string | number,
): Column<Row> => ({
  id,
  header,
  align: 'right',
  cell: (row) => <Tokens value={of(row)} />,
  sortBy: (row) => BigInt(of(row)),
});
