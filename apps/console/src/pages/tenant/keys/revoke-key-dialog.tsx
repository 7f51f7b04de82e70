import { Text } from '@mantine/core';
import { useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { ReasonDialog } from '../../../components/index.ts';
import { useTenantId } from '../../../session/use-tenant.ts';
import type { ApiKey } from './key-state.ts';

interface RevokeKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

/** Ends a key for good. */
export function RevokeKeyDialog({ apiKey, onClose }: RevokeKeyDialogProps) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const revoke = useCommand({
    run: (reason: string) =>
      api.POST('/v1/keys/{id}/revoke', {
        params: { path: { id: apiKey.id } },
        body: { reason },
      }),
    done: `The key ${apiKey.name} is revoked.`,
    touches: [['keys', tenantId]],
    onDone: onClose,
  });
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={`Revoke ${apiKey.name}`}
      confirmLabel="Revoke"
      danger
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={(reason) => revoke.mutate(reason)}
    >
      <Text size="sm">
        Requests with {apiKey.prefix}… are refused within seconds. It cannot be undone; to replace a
        key without a gap, rotate it.
      </Text>
    </ReasonDialog>
  );
}
