import { Button, Divider } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { ErrorNotice } from '../../../components/index.ts';
import { stringifySearch } from '../../../search-params.ts';
import { callSession } from '../../../session/session-calls.ts';

/** Through the operator's identity provider; the browser goes there and comes back. */
export function SingleSignOn({ label = 'Sign in with single sign-on' }: { label?: string }) {
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
        {label}
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
