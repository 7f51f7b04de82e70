import { Alert, List, Stack, Text, Title } from '@mantine/core';
import {
  type Column,
  DataTable,
  EmptyState,
  Timestamp,
  Tokens,
  textColumn,
  useTableState,
} from '../../components/index.ts';
import {
  type Comparison,
  countDifferences,
  type Difference,
  describeRow,
} from '../../operations/rebuild.ts';
import { RunHeading } from './run-heading.tsx';

type TableDifference = Difference['tables'][number];

const count = (
  id: string,
  header: string,
  of: (table: TableDifference) => number,
): Column<TableDifference> => ({
  id,
  header,
  align: 'right',
  cell: (table) => <Tokens value={of(table)} />,
  sortBy: of,
});

const COLUMNS: readonly Column<TableDifference>[] = [
  textColumn('table', 'Table', ({ table }) => table),
  count('live', 'Live', ({ rows }) => rows.live),
  count('rebuilt', 'Rebuilt', ({ rows }) => rows.standby),
  count('onlyLive', 'Only live', ({ counts }) => counts.onlyLive),
  count('onlyRebuilt', 'Only rebuilt', ({ counts }) => counts.onlyStandby),
  count('differ', 'Differ', ({ counts }) => counts.differs),
];

function Samples({ table: { table, samples } }: { table: TableDifference }) {
  if (samples.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h5">
        {table}
      </Title>
      <List size="sm">
        {samples.map((row) => {
          const text = describeRow(row);
          return (
            <List.Item key={text} style={{ overflowWrap: 'anywhere' }}>
              {text}
            </List.Item>
          );
        })}
      </List>
    </section>
  );
}

function Found({ result }: { result: Difference }) {
  const state = useTableState();
  const differ = countDifferences(result);
  return (
    <Stack gap="md">
      <Alert color={differ === 0 ? 'green' : 'yellow'} role="status">
        {differ === 0 ? 'No row differs.' : `Rows that differ: ${differ}.`}{' '}
        {result.samePosition
          ? 'Both have the same events.'
          : `The live tables are at ${result.livePosition}, the rebuilt ones at ${result.standbyPosition}: rows of the events between may differ.`}
        {result.parkedStreams > 0 &&
          ` Parked streams, which the live tables lack: ${result.parkedStreams}.`}
      </Alert>
      <DataTable
        caption="Rows that differ, by table"
        columns={COLUMNS}
        rows={{ data: { rows: result.tables }, error: null, isFetching: false }}
        rowKey={({ table }) => table}
        state={state}
        empty={<EmptyState title="It fills no table" />}
      />
      {result.tables.map((table) => (
        <Samples key={table.table} table={table} />
      ))}
    </Stack>
  );
}

/** The latest comparison of live and rebuilt tables. */
export function DifferenceView({ run }: { run: Comparison }) {
  const { state, startedBy, startedAt, result, error } = run;
  return (
    <section>
      <RunHeading title="Latest comparison" state={state} />
      <Text size="sm" mb="sm">
        By {startedBy} at <Timestamp at={startedAt} span />
      </Text>
      {result && <Found result={result} />}
      {error && (
        <Text size="sm" c="red">
          {error}
        </Text>
      )}
    </section>
  );
}
