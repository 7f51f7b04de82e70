import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { ErrorNotice, PageHeader } from '../../components/index.ts';
import { SignInFrame } from '../../layout/sign-in-frame.tsx';
import { passwordProblem } from '../../session/password-rule.ts';
import { useSession } from '../../session/use-session.ts';
import { useSigningIn } from '../../session/use-signing-in.ts';
import { EmailField, NewPasswordField } from './parts/credential-fields.tsx';
import { SingleSignOn } from './parts/single-sign-on.tsx';

interface NewUser {
  readonly tenantName: string;
  readonly email: string;
  readonly password: string;
}

function SignUpForm() {
  const signUp = useSigningIn<NewUser>('/sign-up');
  const form = useForm<NewUser>({
    initialValues: { tenantName: '', email: '', password: '' },
    validate: { password: passwordProblem },
  });
  return (
    <form onSubmit={form.onSubmit((values) => signUp.mutate(values))}>
      <Stack>
        <TextInput
          label="Name of your company or project"
          required
          maxLength={100}
          autoComplete="organization"
          {...form.getInputProps('tenantName')}
        />
        <EmailField {...form.getInputProps('email')} />
        <NewPasswordField
          description="At least 12 characters."
          {...form.getInputProps('password')}
        />
        <ErrorNotice error={signUp.error} title="Not signed up" />
        <Button type="submit" loading={signUp.isPending} fullWidth>
          Sign up
        </Button>
      </Stack>
    </form>
  );
}

/** A new user with a tenant of their own, where the operator allows it. */
export function SignUpPage() {
  const session = useSession();
  return (
    <SignInFrame>
      <PageHeader title="Sign up" />
      {session.signUpOpen ? (
        <>
          <SignUpForm />
          {session.oidc && <SingleSignOn label="Sign up with single sign-on" />}
        </>
      ) : (
        <Text size="sm">Sign-up is closed here. Ask the operator for an invitation.</Text>
      )}
      <Text size="sm" mt="md" ta="center">
        Have an account?{' '}
        <Anchor component={Link} to="/sign-in" inherit>
          Sign in
        </Anchor>
      </Text>
    </SignInFrame>
  );
}
