import { Button, NumberInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { ConfirmAction, ErrorNotice } from '../../../components/index.ts';
import { SecretNotice } from '../../../components/secret-notice.tsx';
import { useTenantId } from '../../../session/use-tenant.ts';
import type { WebhookEndpoint } from '../../../webhooks/endpoint.ts';
import { endpointsKey, messagesKey } from '../../../webhooks/use-endpoints.ts';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { PublicKeyNotice } from './public-key-notice.tsx';
import { RecoverButton } from './recover-button.tsx';

type Props = { readonly endpoint: WebhookEndpoint };

function TestButton({ endpoint: { id } }: Props) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const navigate = useNavigate();
  const { mutate, isPending } = useCommand({
    run: () => answerOf(api.POST('/v1/webhook-endpoints/{id}/test', { params: { path: { id } } })),
    done: 'A test event is on its way.',
    touches: [messagesKey(tenantId)],
    onDone: (message) =>
      void navigate({ to: `/t/${tenantId}/webhook-messages/${message.id}` as '/' }),
  });
  return (
    <Button size="xs" loading={isPending} onClick={() => mutate(undefined)}>
      Send a test event
    </Button>
  );
}

function SwitchButton({ endpoint: { id, disabled } }: Props) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const params = { path: { id } };
  const isOff = disabled !== null;
  return (
    <ConfirmAction
      label={isOff ? 'Enable' : 'Disable'}
      title={isOff ? 'Enable the endpoint' : 'Disable the endpoint'}
      explains={
        isOff
          ? 'What waited is sent in its order, behind whatever is live.'
          : 'Messages wait until it is enabled again: nothing is lost.'
      }
      command={{
        run: () =>
          isOff
            ? answerOf(api.POST('/v1/webhook-endpoints/{id}/enable', { params }))
            : answerOf(api.POST('/v1/webhook-endpoints/{id}/disable', { params })),
        done: isOff ? 'The endpoint is enabled.' : 'The endpoint is disabled.',
        touches: [endpointsKey(tenantId)],
      }}
    />
  );
}

const DAY_SECONDS = 86_400;

function RotateForm({ endpoint: { id, scheme }, onClose }: Props & { onClose: () => void }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const [hours, setHours] = useState(24);
  const { mutate, isPending, error, data } = useCommand({
    run: (overlapSeconds: number) => {
      const params = { path: { id } };
      return answerOf(
        api.POST('/v1/webhook-endpoints/{id}/secret/rotate', { params, body: { overlapSeconds } }),
      );
    },
    done: 'There is a new key.',
    touches: [endpointsKey(tenantId)],
  });
  if (data?.secret) return <SecretNotice secret={data.secret} onDone={onClose} />;
  if (data?.publicKey) return <PublicKeyNotice publicKey={data.publicKey} onDone={onClose} />;
  return (
    <Stack>
      <Text size="sm">
        {scheme === 'xavira'
          ? 'In this scheme the old secret stops at once.'
          : 'Both keys sign along for a while: give receivers the new one within that time.'}
      </Text>
      {scheme !== 'xavira' && (
        <NumberInput
          label="Hours for which the old one signs along"
          min={0}
          max={(7 * DAY_SECONDS) / 3_600}
          value={hours}
          onChange={(value) => setHours(Number(value))}
        />
      )}
      <ErrorNotice error={error} />
      <Button loading={isPending} onClick={() => mutate(scheme === 'xavira' ? 0 : hours * 3_600)}>
        Rotate
      </Button>
    </Stack>
  );
}

function RemoveButton({ endpoint: { id, url } }: Props) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const navigate = useNavigate();
  return (
    <ConfirmAction
      label="Remove"
      title={`Remove ${url}`}
      danger
      explains="Nothing further is sent to it, what waits included, and its secret is destroyed. This cannot be undone."
      command={{
        run: () => answerOf(api.DELETE('/v1/webhook-endpoints/{id}', { params: { path: { id } } })),
        done: 'The endpoint is removed.',
        touches: [endpointsKey(tenantId)],
        onDone: () => void navigate({ to: `/t/${tenantId}/webhooks` as '/' }),
      }}
    />
  );
}

/** What can be done with an endpoint. */
export function EndpointActions({ endpoint }: Props) {
  const [changing, change] = useDisclosure(false);
  const [rotating, rotate] = useDisclosure(false);
  return (
    <>
      <TestButton endpoint={endpoint} />
      <RecoverButton endpointId={endpoint.id} />
      <Button size="xs" variant="default" onClick={change.open}>
        Change
      </Button>
      <Button size="xs" variant="default" onClick={rotate.open}>
        Rotate
      </Button>
      <SwitchButton endpoint={endpoint} />
      <RemoveButton endpoint={endpoint} />
      {changing && <EndpointDialog endpoint={endpoint} onClose={change.close} />}
      {rotating && (
        <Dialog onClose={rotate.close} title="Rotate its key" holdsSecret>
          <RotateForm endpoint={endpoint} onClose={rotate.close} />
        </Dialog>
      )}
    </>
  );
}
