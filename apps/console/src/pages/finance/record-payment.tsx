import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/index.ts';
import { type PaymentFields, toPayment } from './payment-fields.ts';
import { PaymentForm } from './payment-form.tsx';
import type { TopUp } from './top-up-columns.tsx';

/** Says that an order with the provider `manual` was paid. Absent for all others. */
export function RecordPayment({ topUp }: { topUp: TopUp }) {
  const api = useOperatorApi();
  const [opened, { open, close }] = useDisclosure(false);
  const { id, provider, received, price, currency, tokens, status } = topUp;
  const record = useCommand({
    run: (fields: PaymentFields) => {
      const params = { path: { id } };
      return answerOf(
        api.POST('/admin/v1/top-ups/{id}/payments', { params, body: toPayment(fields) }),
      );
    },
    done: (answer: TopUp) => `The top-up is ${answer.status.replaceAll('_', ' ')}.`,
    touches: [['top-ups']],
    onDone: close,
  });
  if (provider !== 'manual' || received !== null || status === 'refused') return null;
  return (
    <div>
      <Button onClick={open}>Record its payment</Button>
      {opened && (
        <Dialog onClose={close} size="lg" title="Record the payment">
          <PaymentForm
            initial={{ amount: price ?? '', currency, tokens: String(tokens), reference: '' }}
            submitLabel="Record"
            isPending={record.isPending}
            error={record.error}
            onSubmit={record.mutate}
          />
        </Dialog>
      )}
    </div>
  );
}
