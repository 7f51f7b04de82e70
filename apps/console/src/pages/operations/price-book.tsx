import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  amountColumn,
  type Column,
  DataTable,
  EmptyState,
  Money,
  PageHeader,
  StatusBadge,
  textColumn,
  useTableState,
} from '../../components/index.ts';
import type { AnswerOf } from '../../operations/answers.ts';
import { describePrices } from '../../operations/prices.ts';

type PriceBook = AnswerOf<'/admin/v1/price-book'>;
type Model = PriceBook['models'][number];
type Package = PriceBook['packages'][number];

const MODEL_COLUMNS: readonly Column<Model>[] = [
  textColumn('model', 'Model', ({ model }) => model),
  {
    id: 'enabled',
    header: 'State',
    cell: ({ enabled }) => <StatusBadge status={enabled ? 'enabled' : 'disabled'} />,
    sortBy: ({ enabled }) => Number(enabled),
  },
  textColumn('kind', 'Makes', ({ kind }) => kind),
  textColumn('provider', 'Rendered by', ({ provider }) => provider),
  {
    id: 'dialects',
    header: 'Sold in',
    cell: ({ dialects }) => dialects?.join(', ') ?? 'all dialects',
  },
  {
    id: 'prices',
    header: 'Tokens',
    cell: (model) => (
      <Stack gap={0}>
        {describePrices(model).map((line) => (
          <Text key={line} size="sm">
            {line}
          </Text>
        ))}
      </Stack>
    ),
  },
];

const PACKAGE_COLUMNS: readonly Column<Package>[] = [
  textColumn('package', 'Package', ({ id }) => id),
  amountColumn('packageTokens', 'Tokens', ({ tokens }) => tokens),
  {
    id: 'discount',
    header: 'Discount',
    cell: ({ discount }) =>
      discount === null ? 'none' : `${discount.percent} % (${discount.tier})`,
  },
  {
    id: 'price',
    header: 'Price',
    align: 'right',
    cell: ({ prices }) => (
      <Stack gap={0}>
        {prices.map(({ price }) => (
          <Money key={price.currency} {...price} />
        ))}
      </Stack>
    ),
  },
  {
    id: 'listPrice',
    header: 'Without the discount',
    align: 'right',
    cell: ({ prices }) => (
      <Stack gap={0}>
        {prices.map(({ listPrice }) => (
          <Money key={listPrice.currency} {...listPrice} />
        ))}
      </Stack>
    ),
  },
];

export function PriceBookPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['price-book'],
    queryFn: () => answerOf(api.GET('/admin/v1/price-book')),
  });
  const result = { error, isFetching, refetch };
  const versions = data && `Prices ${data.version}, packages ${data.packagesVersion}. `;
  return (
    <>
      <PageHeader
        title="Price book"
        description={`${versions ?? ''}Both are files, read when a process starts: each change has a version of its own.`}
      />
      <Stack gap="xl">
        <section>
          <Title order={2} size="h4" mb="sm">
            Models
          </Title>
          <DataTable
            caption="Models and their prices in tokens"
            columns={MODEL_COLUMNS}
            rows={{ data: data && { rows: data.models }, ...result }}
            rowKey={({ model }) => model}
            state={state}
            empty={<EmptyState title="No models are sold" />}
          />
        </section>
        <section>
          <Title order={2} size="h4" mb="sm">
            Packages
          </Title>
          <DataTable
            caption="Packages of tokens and their prices"
            columns={PACKAGE_COLUMNS}
            rows={{ data: data && { rows: data.packages }, ...result }}
            rowKey={({ id }) => id}
            state={state}
            empty={<EmptyState title="No packages are sold" />}
          />
        </section>
      </Stack>
    </>
  );
}
