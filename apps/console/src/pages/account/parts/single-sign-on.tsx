import { Alert, Button, Divider } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { ErrorNotice } from '../../../components/index.ts';
import { stringifySearch } from '../../../search-params.ts';
import { callSession } from '../../../session/session-calls.ts';

/** Through the operator's identity provider; the browser goes there and comes back. */
export function SingleSignOn() {
  const { returnTo } = useSearch({ strict: false });
  return (
    <>
      <Divider label="or" my="md" />
      <Button
        component="a"
        variant="default"
        fullWidth
        href={`/console/api/session/oidc${stringifySearch({ returnTo })}`}
      >
        Sign in with single sign-on
      </Button>
    </>
  );
}

/** The same for who has an invitation, whose token goes in no address. */
export function InvitedSingleSignOn({ token }: { token: string }) {
  const begin = useMutation({
    mutationFn: () => callSession<{ readonly url: string }>('POST', '/oidc', { token }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <>
      <Divider label="or" my="md" />
      <ErrorNotice error={begin.error} mb="md" />
      <Button
        variant="default"
        fullWidth
        loading={begin.isPending || begin.isSuccess}
        onClick={() => begin.mutate()}
      >
        Continue with single sign-on
      </Button>
    </>
  );
}

const NOT_FINISHED = 'Single sign-on was not finished. Start it again.';
const PROBLEMS: Readonly<Record<string, string>> = {
  unavailable: 'The identity provider cannot be reached. Try again in a moment.',
  rate_limited: 'Too many tries from your network. Try again in a quarter of an hour.',
};

interface SingleSignOnProblemProps {
  readonly title: string;
  /** What to say about an account that may not come in. */
  readonly forbidden: string;
}

/** What went wrong while the browser was at the identity provider. */
export function SingleSignOnProblem({ title, forbidden }: SingleSignOnProblemProps) {
  const { problem } = useSearch({ strict: false });
  if (problem === undefined) return null;
  return (
    <Alert color="red" title={title} mb="md" role="alert">
      {problem === 'forbidden' ? forbidden : (PROBLEMS[problem] ?? NOT_FINISHED)}
    </Alert>
  );
}
