import { useState } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { SecretNotice } from '../../../components/secret-notice.tsx';
import { useTenantId } from '../../../session/use-tenant.ts';
import type { WebhookEndpoint } from '../../../webhooks/endpoint.ts';
import { draftOf, type EndpointDraft, settingsOf } from '../../../webhooks/endpoint-draft.ts';
import { endpointsKey } from '../../../webhooks/use-endpoints.ts';
import { EndpointFields } from './endpoint-fields.tsx';
import { PublicKeyNotice } from './public-key-notice.tsx';

interface EndpointDialogProps {
  /** The one to change; null to register one. */
  readonly endpoint: WebhookEndpoint | null;
  readonly onClose: () => void;
}

/** What a new endpoint's signatures are checked with. */
interface Credential {
  readonly secret: string | null;
  readonly publicKey: string | null;
}

function useSave({ endpoint, onClose }: EndpointDialogProps, onMade: (made: Credential) => void) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useCommand({
    run: async (draft: EndpointDraft): Promise<Credential | null> => {
      const settings = settingsOf(draft);
      if (endpoint === null) {
        const body = { ...settings, scheme: draft.scheme };
        return answerOf(api.POST('/v1/webhook-endpoints', { body }));
      }
      const params = { path: { id: endpoint.id } };
      await api.PATCH('/v1/webhook-endpoints/{id}', { params, body: settings });
      return null;
    },
    done: endpoint === null ? 'The endpoint is registered.' : 'The endpoint is changed.',
    touches: [endpointsKey(tenantId)],
    onDone: (made) => (made === null ? onClose() : onMade(made)),
  });
}

function EndpointForm(props: EndpointDialogProps & { onMade: (made: Credential) => void }) {
  const { endpoint, onClose, onMade } = props;
  const [draft, setDraft] = useState(() => draftOf(endpoint));
  const { mutate, isPending, error } = useSave(props, onMade);
  return (
    <DialogForm
      submitLabel={endpoint === null ? 'Register' : 'Change'}
      isPending={isPending}
      error={error}
      onSubmit={() => mutate(draft)}
      onClose={onClose}
    >
      <EndpointFields
        draft={draft}
        isNew={endpoint === null}
        onChange={(change) => setDraft((all) => ({ ...all, ...change }))}
      />
    </DialogForm>
  );
}

/** Registers an endpoint and shows its secret once, or changes one. */
export function EndpointDialog(props: EndpointDialogProps) {
  const { endpoint, onClose } = props;
  const [made, setMade] = useState<Credential | null>(null);
  const title = endpoint === null ? 'Register an endpoint' : 'Change the endpoint';
  return (
    <Dialog onClose={onClose} title={title} closeOnClickOutside={false} holdsSecret={made !== null}>
      {made === null && <EndpointForm {...props} onMade={setMade} />}
      {made?.secret && <SecretNotice secret={made.secret} onDone={onClose} />}
      {made?.publicKey && <PublicKeyNotice publicKey={made.publicKey} onDone={onClose} />}
    </Dialog>
  );
}
