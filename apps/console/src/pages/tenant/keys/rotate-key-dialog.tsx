import { Button, Group, Select, Stack, Text } from '@mantine/core';

import { useState } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { Dialog, ErrorNotice } from '../../../components/index.ts';
import { SecretNotice } from '../../../components/secret-notice.tsx';
import { useTenantId } from '../../../session/use-tenant.ts';
import type { ApiKey } from './key-state.ts';

const OVERLAPS = [
  { value: '0', label: 'Not at all: it ends now' },
  { value: '3600', label: 'For an hour' },
  { value: '86400', label: 'For a day' },
  { value: '604800', label: 'For a week' },
];

interface RotateKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

/** Replaces a key by one with the same terms; both work while they overlap. */
export function RotateKeyDialog({ apiKey, onClose }: RotateKeyDialogProps) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const [overlap, setOverlap] = useState('86400');
  const rotate = useCommand({
    run: (overlapSeconds: number) =>
      answerOf(
        api.POST('/v1/keys/{id}/rotate', {
          params: { path: { id: apiKey.id } },
          body: { overlapSeconds },
        }),
      ),
    done: `The key ${apiKey.name} has a successor.`,
    touches: [['keys', tenantId]],
  });
  const title = rotate.data === undefined ? `Rotate ${apiKey.name}` : 'Your new key';
  return (
    <Dialog onClose={onClose} title={title} holdsSecret={rotate.data !== undefined}>
      {rotate.data !== undefined ? (
        <SecretNotice secret={rotate.data.key} onDone={onClose} />
      ) : (
        <Stack>
          <Text size="sm">
            You get a new key with the same scopes, models, limits and budget. Put it where the old
            one is used while both work.
          </Text>
          <Select
            label="The old key works on"
            data={OVERLAPS}
            allowDeselect={false}
            value={overlap}
            onChange={(value) => value !== null && setOverlap(value)}
          />
          <ErrorNotice error={rotate.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate(Number(overlap))}>
              Rotate
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
