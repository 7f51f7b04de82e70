import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorNotice, PageHeader } from '../../components/index.ts';
import { SignInFrame } from '../../layout/sign-in-frame.tsx';
import { passwordProblem } from '../../session/password-rule.ts';
import { sessionQuery } from '../../session/session.ts';
import { useSigningIn } from '../../session/use-signing-in.ts';

interface NewUser {
  readonly tenantName: string;
  readonly email: string;
  readonly password: string;
}

function SignUpForm() {
  const signUp = useSigningIn<NewUser>('/sign-up');
  const form = useForm<NewUser>({
    mode: 'uncontrolled',
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
          key={form.key('tenantName')}
          {...form.getInputProps('tenantName')}
        />
        <TextInput
          label="E-mail"
          type="email"
          required
          autoComplete="username"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          required
          autoComplete="new-password"
          key={form.key('password')}
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

/** A new user with a tenant of her own, where the operator allows it. */
export function SignUpPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <SignInFrame>
      <PageHeader title="Sign up" />
      {session.signUpOpen ? (
        <SignUpForm />
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
