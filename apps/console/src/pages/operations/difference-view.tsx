import { Alert, Group, List, Stack, Table, Text, Title } from '@mantine/core';
import { StatusBadge, Timestamp, Tokens } from '../../components/index.ts';
import {
  type Comparison,
  countDifferences,
  type Difference,
  describeRow,
} from '../../operations/rebuild.ts';

type TableDifference = Difference['tables'][number];

function Counts({ tables }: Pick<Difference, 'tables'>) {
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label="Rows that differ, by table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Table</Table.Th>
            {['Live', 'Rebuilt', 'Only live', 'Only rebuilt', 'Differ'].map((name) => (
              <Table.Th key={name} scope="col" ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tables.map(({ table, rows, counts }) => (
            <Table.Tr key={table}>
              <Table.Td>{table}</Table.Td>
              {[
                ['live', rows.live],
                ['rebuilt', rows.standby],
                ['only live', counts.onlyLive],
                ['only rebuilt', counts.onlyStandby],
                ['differ', counts.differs],
              ].map(([name, count]) => (
                <Table.Td key={name} ta="right">
                  <Tokens value={count ?? null} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

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
      <Counts tables={result.tables} />
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
      <Group gap="sm" mb="xs">
        <Title order={2} size="h4">
          Latest comparison
        </Title>
        <StatusBadge status={state} color={state === 'finished' ? 'green' : undefined} />
      </Group>
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
