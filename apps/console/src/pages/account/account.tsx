import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyableId, PageHeader, PageLink } from '../../components/index.ts';
import type { SignedIn } from '../../session/session.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { PasswordForm } from './parts/password-form.tsx';
import { SecondFactorSetup } from './parts/second-factor-setup.tsx';
import { SessionList } from './parts/session-list.tsx';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper component="section" withBorder p="md" radius="md">
      <Title order={2} size="h5" mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function Roles({ session }: { session: SignedIn }) {
  const { memberships, operatorRoles } = session;
  return (
    <Stack gap="xs">
      {operatorRoles.length > 0 && (
        <Group gap="xs">
          <Text size="sm">Operator:</Text>
          {operatorRoles.map((role) => (
            <Badge key={role} variant="light" tt="none">
              {role}
            </Badge>
          ))}
        </Group>
      )}
      {memberships.map(({ tenantId, name, role }) => (
        <Group key={tenantId} gap="xs">
          <PageLink to="/t/$tenantId" params={{ tenantId }}>
            {name}
          </PageLink>
          <Badge variant="light" tt="none">
            {role}
          </Badge>
        </Group>
      ))}
      {memberships.length === 0 && operatorRoles.length === 0 && (
        <Text size="sm">
          You are a member of no tenant. Ask an owner for an invitation, or the operator for a role.
        </Text>
      )}
    </Stack>
  );
}

/** The user's own account: password, second factor, sessions, roles. */
export function AccountPage() {
  const session = useSignedIn();
  const { id, email } = session.user;
  return (
    <>
      <PageHeader title="Account" aside={<CopyableId id={id} />} description={email} />
      <Stack maw={720}>
        <Part title="Roles">
          <Roles session={session} />
        </Part>
        <Part title="Password">
          <PasswordForm />
        </Part>
        <Part title="Second factor">
          <SecondFactorSetup />
        </Part>
        <Part title="Sessions">
          <SessionList />
        </Part>
      </Stack>
    </>
  );
}
