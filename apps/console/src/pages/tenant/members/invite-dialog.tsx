import { Button, Code, CopyButton, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { Dialog, ErrorNotice } from '../../../components/index.ts';
import type { TenantRole } from '../../../session/session.ts';
import { useTenantId } from '../../../session/use-tenant.ts';
import { ROLE_CHOICES } from './roles.ts';

/** The link of an invitation, to be handed over: nobody else sends it. */
function InvitationLink({
  email,
  link,
  onDone,
}: {
  email: string;
  link: string;
  onDone: () => void;
}) {
  return (
    <Stack>
      <Text size="sm">
        Send this link to {email}. It works once, for a week, and is shown this once.
      </Text>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {link}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

function useInvite() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useCommand({
    run: (body: { email: string; role: TenantRole }) =>
      answerOf(api.POST('/v1/members/invitations', { body })),
    done: 'The invitation is ready.',
    touches: [['members', tenantId]],
  });
}

/** Invites somebody by e-mail, then shows the link to send. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const invite = useInvite();
  const form = useForm({
    initialValues: { email: '', role: 'developer' as TenantRole },
  });
  const { data: invited } = invite;
  return (
    <Dialog onClose={onClose} title="Invite a member" holdsSecret={invited !== undefined}>
      {invited !== undefined ? (
        <InvitationLink email={invited.email ?? ''} link={invited.link} onDone={onClose} />
      ) : (
        <form onSubmit={form.onSubmit((values) => invite.mutate(values))}>
          <Stack>
            <TextInput
              label="E-mail"
              type="email"
              required
              data-autofocus
              {...form.getInputProps('email')}
            />
            <Select
              label="Role"
              data={ROLE_CHOICES}
              allowDeselect={false}
              {...form.getInputProps('role')}
            />
            <ErrorNotice error={invite.error} />
            <Group justify="flex-end">
              <Button type="submit" loading={invite.isPending}>
                Invite
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
