import { Skeleton, Table } from '@mantine/core';

const ROWS = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Grey lines where rows will be. */
export function LoadingRows({ columns }: { columns: number }) {
  return (
    <Table.Tbody>
      {ROWS.map((row) => (
        <Table.Tr key={row}>
          <Table.Td colSpan={columns}>
            <Skeleton height={18} radius="sm" />
          </Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  );
}
