import { Badge, Box, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice, QueryView, Timestamp } from '../../../components/index.ts';
import {
  type OwnSession,
  ownSessionsQuery,
  useEndingSessions,
} from '../../../session/own-sessions.ts';
import { useSignOut } from '../../../session/use-sign-out.ts';

const WAYS: Readonly<Record<OwnSession['method'], string>> = {
  password: 'by password',
  link: 'by link',
  openid_connect: 'by single sign-on',
};

function nameOf({ browser, network }: OwnSession): string {
  const what = browser ?? 'Unknown browser';
  return network === null ? what : `${what}, from ${network}`;
}

function When({ what, at }: { what: string; at: string }) {
  return (
    <Text size="xs" c="dimmed" component="div">
      {what} <Timestamp at={at} />
    </Text>
  );
}

function SessionItem({ session }: { session: OwnSession }) {
  const end = useEndingSessions('That browser is signed out.');
  const { current, openedAt, seenAt, endsAt } = session;
  const name = nameOf(session);
  return (
    <Box component="li" py="xs">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap={2}>
          <Group gap="xs">
            <Text size="sm" fw={500}>
              {name}
            </Text>
            {current && (
              <Badge variant="light" tt="none">
                this browser
              </Badge>
            )}
            {session.secondFactorPending && (
              <Badge variant="light" tt="none" color="orange">
                second factor not shown
              </Badge>
            )}
          </Group>
          <Group component="div" gap={0} style={{ columnGap: 'var(--mantine-spacing-md)' }}>
            <When what={`Signed in ${WAYS[session.method]}`} at={openedAt} />
            <When what="Last used" at={seenAt} />
            <When what="Ends, if not used," at={endsAt} />
          </Group>
        </Stack>
        {!current && (
          <Button
            size="xs"
            variant="default"
            style={{ flexShrink: 0 }}
            aria-label={`Sign out ${name}`}
            loading={end.isPending}
            onClick={() => end.mutate(session)}
          >
            Sign out
          </Button>
        )}
      </Group>
      <ErrorNotice error={end.error} mt="xs" />
    </Box>
  );
}

function SignOutMore({ others }: { others: number }) {
  const elsewhere = useEndingSessions('You are signed out everywhere else.');
  const everywhere = useSignOut('everywhere');
  return (
    <Stack gap="sm">
      <ErrorNotice error={elsewhere.error ?? everywhere.error} />
      <Group>
        <Button
          variant="default"
          disabled={others === 0}
          loading={elsewhere.isPending}
          onClick={() => elsewhere.mutate('others')}
        >
          Sign out everywhere else
        </Button>
        <Button
          variant="default"
          loading={everywhere.isPending}
          onClick={() => everywhere.mutate()}
        >
          Sign out everywhere, here too
        </Button>
      </Group>
    </Stack>
  );
}

/** In which browsers the user is signed in, and signing out there. */
export function SessionList() {
  const query = useQuery(ownSessionsQuery);
  return (
    <QueryView query={query}>
      {({ sessions }) => (
        <Stack gap="sm">
          <Text size="sm">
            Where you are signed in. Sign out what you do not recognise, and set another password.
          </Text>
          <Box component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {sessions.map((session) => (
              <SessionItem key={session.id} session={session} />
            ))}
          </Box>
          <SignOutMore others={sessions.filter(({ current }) => !current).length} />
        </Stack>
      )}
    </QueryView>
  );
}
