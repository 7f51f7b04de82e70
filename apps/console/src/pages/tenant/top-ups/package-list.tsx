import { Group, SegmentedControl, SimpleGrid, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import type { components } from '../../../api/openapi.ts';
import { EmptyState, QueryView } from '../../../components/index.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import { OrderDialog } from './order-dialog.tsx';
import { type Package, PackageCard, priceIn } from './package-card.tsx';

type Packages = components['schemas']['TopUpPackages'];

/** What is sold; the price list of the operator. */
export function usePackages() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: ['top-up-packages', tenantId],
    queryFn: () => answerOf(api.GET('/v1/top-up-packages')),
    staleTime: 300_000,
  });
}

const currenciesOf = ({ packages }: Packages) => [
  ...new Set(packages.flatMap(({ prices }) => prices.map(({ currency }) => currency))),
];

function Cards({ packages }: { packages: Packages }) {
  const mayOrder = useHasRole('finance') && packages.providers.length > 0;
  const [ordered, setOrdered] = useState<Package | null>(null);
  const currencies = currenciesOf(packages);
  const [currency, setCurrency] = useState(currencies[0] ?? null);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2} size="h4">
          Packages
        </Title>
        {currencies.length > 1 && currency !== null && (
          <SegmentedControl
            aria-label="Currency"
            size="xs"
            data={currencies}
            value={currency}
            onChange={setCurrency}
          />
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
        {packages.packages.map((sold) => {
          const price = priceIn(sold, currency);
          if (price === undefined) return null;
          const order = mayOrder ? () => setOrdered(sold) : undefined;
          return <PackageCard key={sold.id} package={sold} price={price} onOrder={order} />;
        })}
      </SimpleGrid>
      {ordered !== null && (
        <OrderDialog
          package={ordered}
          currency={currency}
          packages={packages}
          onClose={() => setOrdered(null)}
        />
      )}
    </Stack>
  );
}

/** Packages to choose from. */
export function PackageList() {
  return (
    <QueryView query={usePackages()}>
      {(packages) =>
        packages.packages.length === 0 ? (
          <EmptyState title="Nothing is sold here">
            Ask the operator for tokens: they can be credited by hand.
          </EmptyState>
        ) : (
          <Cards packages={packages} />
        )
      }
    </QueryView>
  );
}
