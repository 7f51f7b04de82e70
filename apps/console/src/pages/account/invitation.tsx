import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { ApiError } from '../../api/api-error.ts';
import { ErrorNotice, PageHeader, QueryView, Timestamp } from '../../components/index.ts';
import { SignInFrame } from '../../layout/sign-in-frame.tsx';
import { passwordProblem } from '../../session/password-rule.ts';
import type { TenantRole } from '../../session/session.ts';
import { callSession } from '../../session/session-calls.ts';
import { useSession } from '../../session/use-session.ts';
import { useSigningIn } from '../../session/use-signing-in.ts';
import { CodeForm } from './parts/code-form.tsx';
import { NewPasswordField } from './parts/credential-fields.tsx';
import { SignInProblem } from './parts/sign-in-problem.tsx';
import { InvitedSingleSignOn } from './parts/single-sign-on.tsx';

const SHOW_CODE = {
  method: 'POST',
  path: '/second-factor',
  done: 'Your code was right.',
} as const;

interface Terms {
  readonly tenantName: string;
  readonly role: TenantRole;
  readonly email: string;
  readonly expiresAt: string;
}

interface Acceptance {
  readonly token: string;
  readonly password?: string;
}

/** For who is signed in: the account that they have joins. */
function JoinAs({ token, email }: { token: string; email: string }) {
  const accept = useSigningIn<Acceptance>('/invitations');
  return (
    <Stack>
      <Text size="sm">
        You are signed in as {email}, and join with that account. To join with another one, sign out
        first.
      </Text>
      <ErrorNotice error={accept.error} title="Not accepted" />
      <Button loading={accept.isPending} onClick={() => accept.mutate({ token })} fullWidth>
        Join
      </Button>
    </Stack>
  );
}

/** For everybody else: a password, or the identity provider where there is one. */
function JoinAnew({ token, email }: { token: string; email: string }) {
  const { oidc } = useSession();
  const accept = useSigningIn<Acceptance>('/invitations');
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: passwordProblem },
  });
  return (
    <>
      <form onSubmit={form.onSubmit(({ password }) => accept.mutate({ token, password }))}>
        <Stack>
          <NewPasswordField
            description={`Choose one. Where ${email} has an account here already, type its password.`}
            {...form.getInputProps('password')}
          />
          <ErrorNotice error={accept.error} title="Not accepted" />
          <Button type="submit" loading={accept.isPending} fullWidth>
            Accept
          </Button>
        </Stack>
      </form>
      {oidc && <InvitedSingleSignOn token={token} />}
    </>
  );
}

/** Who has a second factor shows it, and joins then. */
function JoinByCode({ token }: { token: string }) {
  const accept = useSigningIn<Acceptance>('/invitations');
  return <CodeForm command={SHOW_CODE} label="Confirm" onDone={() => accept.mutate({ token })} />;
}

function WayIn({ token, terms }: { token: string; terms: Terms }) {
  const { user, secondFactorPending } = useSession();
  if (secondFactorPending) return <JoinByCode token={token} />;
  if (user !== null) return <JoinAs token={token} email={user.email} />;
  return <JoinAnew token={token} email={terms.email} />;
}

function Gone() {
  return (
    <Stack>
      <Text size="sm">
        This invitation was accepted or withdrawn, or its week is over. Whoever sent it can send
        another one.
      </Text>
      <Anchor component={Link} to="/" size="sm">
        I have joined already: go to the console
      </Anchor>
    </Stack>
  );
}

const isGone = (error: Error | null) => error instanceof ApiError && error.status === 404;

function Invited({ token }: { token: string }) {
  const query = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => callSession<Terms>('POST', '/invitations/shown', { token }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (isGone(query.error)) return <Gone />;
  return (
    <QueryView query={query}>
      {(terms) => (
        <Stack>
          <Text size="sm" component="div">
            <strong>{terms.tenantName}</strong> invites {terms.email} to join as{' '}
            <strong>{terms.role}</strong>. Good until <Timestamp at={terms.expiresAt} />.
          </Text>
          <WayIn token={token} terms={terms} />
        </Stack>
      )}
    </QueryView>
  );
}

/** Where the link of an invitation leads; its token is behind the `#`. */
export function InvitationPage() {
  const token = useLocation({ select: ({ hash }) => hash });
  return (
    <SignInFrame>
      <PageHeader title="Accept the invitation" />
      <SignInProblem
        title="Not accepted"
        forbidden="That account has another e-mail address than the invitation, or one under which an account with a password is here already. Type that password, or ask for an invitation to your address."
      />
      {token === '' ? (
        <Text size="sm">
          This address holds no invitation. Open the whole of it, with all that follows the #.
        </Text>
      ) : (
        <Invited token={token} />
      )}
    </SignInFrame>
  );
}
