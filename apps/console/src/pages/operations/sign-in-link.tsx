import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { useCommand } from '../../api/use-command.ts';
import { CopyIcon, Dialog, Timestamp } from '../../components/index.ts';

export interface SignInLink {
  readonly link: string;
  readonly expiresAt: string;
}

/** A link that signs somebody in once, to be handed over. */
export function ShownLink({ link, expiresAt }: SignInLink) {
  return (
    <Stack>
      <Alert color="yellow" title="Shown this once">
        <Text size="sm">
          Whoever opens it first is signed in. Hand it over yourself: nobody sends it.
        </Text>
      </Alert>
      <Group gap="xs" wrap="nowrap">
        <Code style={{ overflowWrap: 'anywhere' }}>{link}</Code>
        <CopyIcon value={link} label="Copy the link" />
      </Group>
      <Text size="sm">
        It ends at <Timestamp at={expiresAt} span />.
      </Text>
    </Stack>
  );
}

/** Makes a link that signs a user in once. */
export function SignInLinkButton({ userId, email }: { userId: string; email: string }) {
  const api = useOperatorApi();
  const issue = useCommand({
    run: (id: string) => {
      const params = { path: { userId: id } };
      return answerOf(api.POST('/admin/v1/users/{userId}/links', { params }));
    },
    done: `A link for ${email} is made.`,
    touches: [],
  });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={issue.isPending}
        onClick={() => issue.mutate(userId)}
      >
        Sign-in link
      </Button>
      {issue.data && (
        <Dialog onClose={issue.reset} title={`Sign-in link of ${email}`} holdsSecret>
          <ShownLink {...issue.data} />
        </Dialog>
      )}
    </>
  );
}
