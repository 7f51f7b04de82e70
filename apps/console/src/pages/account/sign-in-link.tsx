import { Anchor, Button, Stack, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { ErrorNotice, PageHeader } from '../../components/index.ts';
import { SignInFrame } from '../../layout/sign-in-frame.tsx';
import { useSession } from '../../session/use-session.ts';
import { useSigningIn } from '../../session/use-signing-in.ts';
import { SecondFactorForm } from './parts/second-factor-form.tsx';

/**
 * Where a one-time link leads. Its token is behind the `#`, which no server and no log sees, and is
 * redeemed by a press of the button: what merely looks at a link must not use it up.
 */
export function SignInLinkPage() {
  const token = useLocation({ select: ({ hash }) => hash });
  const redeem = useSigningIn<{ token: string }>('/link');
  const { secondFactorPending } = useSession();
  if (redeem.isSuccess && secondFactorPending) {
    return (
      <SignInFrame>
        <PageHeader title="Sign in by link" />
        <SecondFactorForm />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame>
      <PageHeader title="Sign in by link" />
      <Stack>
        <Text size="sm">
          {token === ''
            ? 'This address holds no link. Open the whole of it, with all that follows the #.'
            : 'The link works once.'}
        </Text>
        <ErrorNotice error={redeem.error} title="Not signed in" />
        <Button
          loading={redeem.isPending}
          disabled={token === ''}
          onClick={() => redeem.mutate({ token })}
        >
          Sign in
        </Button>
        <Anchor component={Link} to="/sign-in" size="sm" ta="center">
          Sign in with a password
        </Anchor>
      </Stack>
    </SignInFrame>
  );
}
