import { Anchor, Button, Group, List, Radio, Stack, Text } from '@mantine/core';

import { useState } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import type { components } from '../../../api/openapi.ts';
import { useCommand } from '../../../api/use-command.ts';
import { CopyableId, Dialog, ErrorNotice, Money, Tokens } from '../../../components/index.ts';
import { useTenantId } from '../../../session/use-tenant.ts';
import { type Package, priceIn } from './package-card.tsx';

type TopUp = components['schemas']['TopUp'];
type Packages = components['schemas']['TopUpPackages'];

/** Where to pay: on the provider's page, or by hand with the id of the top-up. */
export function HowToPay({
  topUp,
  instructions,
}: {
  topUp: TopUp;
  instructions: readonly string[];
}) {
  const { id, checkoutUrl, price, currency } = topUp;
  if (checkoutUrl !== null) {
    return (
      <Button component="a" href={checkoutUrl} target="_blank" rel="noopener noreferrer">
        Pay{' '}
        {price !== null && (
          <>
            &nbsp;
            <Money amount={price} currency={currency} />
          </>
        )}
      </Button>
    );
  }
  return (
    <Stack gap="xs">
      <List size="sm">
        {instructions.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      <Text size="sm">
        Quote <CopyableId id={id} whole />
      </Text>
    </Stack>
  );
}

interface OrderDialogProps {
  readonly package: Package;
  readonly currency: string | null;
  readonly packages: Packages;
  readonly onClose: () => void;
}

function useOrder() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const [key] = useState(() => crypto.randomUUID());
  return useCommand({
    run: (body: { package: string; provider: string; currency: string }) => {
      const header = { 'Idempotency-Key': `${key}.${body.provider}` };
      return answerOf(api.POST('/v1/top-ups', { params: { header }, body }));
    },
    done: 'The top-up is ordered.',
    touches: [['top-ups', tenantId]],
  });
}

/** Orders a package, then says how to pay for it. A second press orders nothing more. */
export function OrderDialog({ package: sold, currency, packages, onClose }: OrderDialogProps) {
  const { providers, manualInstructions } = packages;
  const [provider, setProvider] = useState(providers[0] ?? '');
  const order = useOrder();
  const price = priceIn(sold, currency);
  if (price === undefined) return null;
  const place = () => order.mutate({ package: sold.id, provider, currency: price.currency });
  return (
    <Dialog onClose={onClose} title={`Order ${sold.id}`}>
      <Stack>
        <Text>
          <Tokens value={sold.tokens} fw={600} /> tokens for{' '}
          <Money amount={price.price} currency={price.currency} fw={600} />
        </Text>
        {order.data !== undefined ? (
          <>
            <HowToPay topUp={order.data} instructions={manualInstructions} />
            <Text size="sm">
              The tokens come on the account when the payment is certain. See{' '}
              <Anchor component="button" type="button" onClick={onClose} inherit>
                your top-ups
              </Anchor>{' '}
              for how it stands.
            </Text>
          </>
        ) : (
          <>
            <Radio.Group label="Pay through" value={provider} onChange={setProvider}>
              <Stack gap="xs" mt="xs">
                {providers.map((name) => (
                  <Radio key={name} value={name} label={name} />
                ))}
              </Stack>
            </Radio.Group>
            <ErrorNotice error={order.error} />
            <Group justify="flex-end">
              <Button loading={order.isPending} disabled={provider === ''} onClick={place}>
                Order
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Dialog>
  );
}
