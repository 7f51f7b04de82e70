import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { tenantBase } from '../../../api/clients.ts';
import type { components } from '../../../api/openapi.ts';
import { Dialog } from '../../../components/index.ts';
import { stringifySearch } from '../../../search-params.ts';
import { useTenantId } from '../../../session/use-tenant.ts';
import { HowToPay } from './order-dialog.tsx';
import { usePackages } from './package-list.tsx';

type TopUp = components['schemas']['TopUp'];

/** For what was paid and credited there is a receipt, also when some of it went back since. */
const hasReceipt = ({ creditedAt }: TopUp) => creditedAt !== null;
const isToBePaid = ({ status }: TopUp) => status === 'requested' || status === 'open';

function PayButton({ topUp }: { topUp: TopUp }) {
  const [opened, { open, close }] = useDisclosure(false);
  const { data: packages } = usePackages();
  return (
    <>
      <Button size="compact-sm" onClick={open}>
        Pay
      </Button>
      {opened && (
        <Dialog onClose={close} title="Pay for the top-up">
          <HowToPay topUp={topUp} instructions={packages?.manualInstructions ?? []} />
        </Dialog>
      )}
    </>
  );
}

/** The next step with a top-up: pay it, or take its receipt. */
export function TopUpActions({ topUp }: { topUp: TopUp }) {
  const tenantId = useTenantId();
  if (isToBePaid(topUp)) return <PayButton topUp={topUp} />;
  if (!hasReceipt(topUp)) return null;
  const path = `${tenantBase(tenantId)}/v1/top-ups/${topUp.id}/receipt`;
  return (
    <Button
      component="a"
      href={path + stringifySearch({ format: 'html' })}
      target="_blank"
      rel="noopener"
      size="compact-sm"
      variant="default"
    >
      Receipt
    </Button>
  );
}
