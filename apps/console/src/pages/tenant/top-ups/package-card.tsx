import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { components } from '../../../api/openapi.ts';
import { Money, Tokens } from '../../../components/index.ts';

export type Package = components['schemas']['TopUpPackages']['packages'][number];
type Price = Package['prices'][number];

/** The price in a currency; the first one where the package is not sold in it. */
export const priceIn = ({ prices }: Package, currency: string | null): Price | undefined =>
  prices.find((price) => price.currency === currency) ?? prices[0];

interface PackageCardProps {
  readonly package: Package;
  readonly price: Price;
  /** Undefined for who may not order. */
  readonly onOrder: (() => void) | undefined;
}

/** Tokens that are sold together. */
export function PackageCard({ package: sold, price, onOrder }: PackageCardProps) {
  const { id, tokens, discountPercent } = sold;
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap={4}>
        <Group justify="space-between">
          <Title order={3} size="h6" tt="capitalize">
            {id}
          </Title>
          {discountPercent > 0 && (
            <Badge variant="light" color="green" tt="none">
              {discountPercent}% off
            </Badge>
          )}
        </Group>
        <Text fz="xl" fw={650}>
          <Tokens value={tokens} /> tokens
        </Text>
        <Group gap="xs" mb="xs">
          <Money amount={price.price} currency={price.currency} fw={600} />
          {price.price !== price.listPrice && (
            <Text span size="sm" c="dimmed" td="line-through" aria-label="List price">
              <Money amount={price.listPrice} currency={price.currency} />
            </Text>
          )}
        </Group>
        {onOrder && (
          <Button onClick={onOrder} aria-label={`Order ${id}`}>
            Order
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
