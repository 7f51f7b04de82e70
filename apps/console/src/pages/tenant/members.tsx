import { Button, Stack, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { PageHeader } from '../../components/index.ts';
import { useHasRole } from '../../session/use-tenant.ts';
import { InvitationTable } from './members/invitation-table.tsx';
import { InviteDialog } from './members/invite-dialog.tsx';
import { MemberTable } from './members/member-table.tsx';

/** Members with their roles, and who is invited. */
export function MembersPage() {
  const mayChange = useHasRole('owner');
  const [isInviting, { open, close }] = useDisclosure(false);
  return (
    <>
      <PageHeader
        title="Members"
        description="People who act for this tenant at the console. Programs have keys."
        actions={
          mayChange && (
            <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={open}>
              Invite
            </Button>
          )
        }
      />
      <Stack gap="xl">
        <MemberTable mayChange={mayChange} />
        <section>
          <Title order={2} size="h4" mb="sm">
            Invitations
          </Title>
          <InvitationTable mayChange={mayChange} />
        </section>
      </Stack>
      {isInviting && <InviteDialog onClose={close} />}
    </>
  );
}
