import { Button, Group, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ErrorNotice } from '../../components/index.ts';
import { type PaymentFields, paymentRules } from './payment-fields.ts';

interface PaymentFormProps {
  readonly initial?: Partial<PaymentFields>;
  readonly submitLabel: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (fields: PaymentFields) => void;
}

const EMPTY: PaymentFields = { amount: '', currency: 'EUR', tokens: '', reference: '', reason: '' };

/** What arrived, what to credit for it, and which payment it is. */
export function PaymentForm({
  initial,
  submitLabel,
  isPending,
  error,
  onSubmit,
}: PaymentFormProps) {
  const form = useForm<PaymentFields>({
    mode: 'uncontrolled',
    initialValues: { ...EMPTY, ...initial },
    validate: paymentRules,
  });
  const field = (name: keyof PaymentFields) => ({
    key: form.key(name),
    required: true,
    ...form.getInputProps(name),
  });
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack maw={560}>
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <TextInput label="Amount that arrived" inputMode="decimal" {...field('amount')} />
          <TextInput label="Currency" maxLength={3} {...field('currency')} />
          <TextInput label="Tokens to credit" inputMode="numeric" {...field('tokens')} />
        </SimpleGrid>
        <TextInput
          label="Reference of the payment"
          description="Such as the bank’s. The same one twice is one payment."
          maxLength={200}
          {...field('reference')}
        />
        <Textarea
          label="Reason"
          description="Kept for good with your name."
          autosize
          minRows={2}
          maxLength={500}
          {...field('reason')}
        />
        <ErrorNotice error={error} />
        <Group>
          <Button type="submit" loading={isPending}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
