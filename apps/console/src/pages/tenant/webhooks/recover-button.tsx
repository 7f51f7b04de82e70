import { Button, MultiSelect, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { DescriptionList, QueryView, StatusBadge, Tokens } from '../../../components/index.ts';
import { useTenantId } from '../../../session/use-tenant.ts';
import { inputOf, utcOf } from '../../../webhooks/moments.ts';
import { messagesKey } from '../../../webhooks/use-endpoints.ts';

const STATUSES = ['pending', 'exhausted', 'refused', 'expired', 'delivered'] as const;
type Status = (typeof STATUSES)[number];

interface Span {
  readonly since: string;
  readonly until: string;
  readonly statuses: readonly Status[];
}

function useRecover(endpointId: string | null, onBegun: (id: string) => void) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  return useCommand({
    run: async ({ since, until, statuses }: Span) => {
      const from = utcOf(since);
      if (from === undefined) throw new RangeError('Say since when.');
      const body = { since: from, until: utcOf(until) ?? null, statuses: [...statuses] as never };
      const header = { 'Idempotency-Key': idempotencyKey };
      if (endpointId === null) {
        return answerOf(api.POST('/v1/webhook-messages/recover', { params: { header }, body }));
      }
      const params = { header, path: { id: endpointId } };
      return answerOf(api.POST('/v1/webhook-endpoints/{id}/recover', { params, body }));
    },
    done: 'They are being sent again.',
    touches: [messagesKey(tenantId)],
    onDone: ({ id }) => onBegun(id),
  });
}

function RecoveryProgress({ id }: { id: string }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const query = useQuery({
    queryKey: ['webhook-recoveries', tenantId, id],
    queryFn: () => answerOf(api.GET('/v1/webhook-recoveries/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? 1_000 : false),
  });
  return (
    <QueryView query={query}>
      {({ status, looked, recovered }) => (
        <DescriptionList
          items={[
            ['Status', <StatusBadge key="status" status={status} />],
            ['Looked at', <Tokens key="looked" value={looked} />],
            ['Sent again', <Tokens key="recovered" value={recovered} />],
          ]}
        />
      )}
    </QueryView>
  );
}

interface RecoverFormProps {
  readonly endpointId: string | null;
  readonly onClose: () => void;
}

function RecoverForm({ endpointId, onClose }: RecoverFormProps) {
  const [span, setSpan] = useState<Span>(() => ({
    since: inputOf(new Date(), 24),
    until: '',
    statuses: ['pending', 'exhausted', 'refused', 'expired'],
  }));
  const [recovery, setRecovery] = useState<string | null>(null);
  const { mutate, isPending, error } = useRecover(endpointId, setRecovery);
  const change = (part: Partial<Span>) => setSpan((all) => ({ ...all, ...part }));
  if (recovery !== null) return <RecoveryProgress id={recovery} />;
  return (
    <DialogForm
      submitLabel="Send them again"
      isPending={isPending}
      error={error}
      onSubmit={() => mutate(span)}
      onClose={onClose}
    >
      <Text size="sm">
        What did not arrive since then is sent again, behind whatever is live and at a gentle pace.
      </Text>
      <TextInput
        type="datetime-local"
        label="Since (UTC)"
        required
        value={span.since}
        onChange={(event) => change({ since: event.currentTarget.value })}
      />
      <TextInput
        type="datetime-local"
        label="Until (UTC)"
        description="Now when empty."
        value={span.until}
        onChange={(event) => change({ until: event.currentTarget.value })}
      />
      <MultiSelect
        label="Messages that are"
        data={[...STATUSES]}
        value={[...span.statuses]}
        onChange={(statuses) => change({ statuses: statuses as Status[] })}
      />
    </DialogForm>
  );
}

/** Sends again what an endpoint, or all of them, missed. @param endpointId null for all */
export function RecoverButton({ endpointId }: { endpointId: string | null }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        Recover
      </Button>
      {opened && (
        <Dialog onClose={close} title="Recover what was missed">
          <RecoverForm endpointId={endpointId} onClose={close} />
        </Dialog>
      )}
    </>
  );
}
