import { Stack, Table, Text } from '@mantine/core';
import type { components } from '../../../api/openapi.ts';
import {
  CopyableId,
  DescriptionList,
  QueryView,
  Section,
  StatusBadge,
  Timestamp,
  Tokens,
} from '../../../components/index.ts';
import { formatDuration } from '../../../format/time.ts';
import { useGenerationCost } from '../../../generations/use-generation.ts';

type Cost = components['schemas']['GenerationCost'];

function Lots({ lots }: Pick<Cost, 'lots'>) {
  if (lots.length === 0) return null;
  return (
    <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Lot</Table.Th>
            <Table.Th>Kind</Table.Th>
            <Table.Th ta="right">Held</Table.Th>
            <Table.Th ta="right">Charged</Table.Th>
            <Table.Th ta="right">Given back</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lots.map(({ lotId, kind, held, charged, returned, refunded }) => (
            <Table.Tr key={lotId}>
              <Table.Td>
                <CopyableId id={lotId} />
              </Table.Td>
              <Table.Td>{kind}</Table.Td>
              <Table.Td ta="right">
                <Tokens value={held} />
              </Table.Td>
              <Table.Td ta="right">
                <Tokens value={charged} />
              </Table.Td>
              <Table.Td ta="right">
                <Tokens value={BigInt(returned) + BigInt(refunded)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Attempts({ attempts }: Pick<Cost, 'attempts'>) {
  if (attempts.length === 0) return <Text size="sm">No attempt yet.</Text>;
  return (
    <Stack gap={4} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
      {attempts.map(({ attempt, startedAt, outcome, gpuMs, loadMs }) => (
        <Text key={attempt} component="li" size="sm">
          {attempt}. <StatusBadge status={outcome} /> <Timestamp at={startedAt} span />
          {gpuMs !== null && ` · GPU ${formatDuration(gpuMs)}`}
          {loadMs !== null && loadMs > 0 && `, ${formatDuration(loadMs)} of it to load the model`}
        </Text>
      ))}
    </Stack>
  );
}

/** Price, what was charged and given back, the lots that paid, and the attempts. */
export function CostSection({ id }: { id: string }) {
  return (
    <Section title="Cost and attempts">
      <QueryView query={useGenerationCost(id)}>
        {({ price, held, charged, returned, refunded, lots, attempts, gpuMs }) => (
          <Stack>
            <DescriptionList
              items={[
                ['Price', `${price.images} × ${price.perImage} tokens (${price.sizeClass})`],
                ['Price list', price.priceBookVersion],
                ['Held', <Tokens key="held" value={held} />],
                ['Charged', <Tokens key="charged" value={charged} />],
                ['Given back at the end', <Tokens key="returned" value={returned} />],
                ['Refunded later', <Tokens key="refunded" value={refunded} />],
                ['GPU time', gpuMs > 0 ? formatDuration(gpuMs) : 'not measured'],
              ]}
            />
            <Lots lots={lots} />
            <Attempts attempts={attempts} />
          </Stack>
        )}
      </QueryView>
    </Section>
  );
}
