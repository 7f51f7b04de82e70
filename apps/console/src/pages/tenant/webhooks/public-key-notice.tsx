import { Button, Group, Stack, Text } from '@mantine/core';
import { JsonView } from '../../../components/index.ts';

/** What the signatures of an endpoint are checked with; no secret, and to be seen again at any time. */
export function PublicKeyNotice({ publicKey, onDone }: { publicKey: string; onDone: () => void }) {
  return (
    <Stack>
      <Text size="sm">
        Check signatures with this public key. It is no secret: the page of the endpoint shows it
        again, and its address needs no key of the API.
      </Text>
      <JsonView value={publicKey} label="the public key" />
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
