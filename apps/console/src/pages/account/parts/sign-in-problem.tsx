import { Alert } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';

const NOT_FINISHED = 'Single sign-on was not finished. Start it again.';
const PROBLEMS: Readonly<Record<string, string>> = {
  unavailable: 'The identity provider cannot be reached. Try again in a moment.',
  over: 'That sign-in took too long, or was ended elsewhere. Begin anew.',
  rate_limited: 'Too many tries from your network. Try again in a quarter of an hour.',
};

interface SignInProblemProps {
  readonly title: string;
  /** What to say about an account that may not come in. */
  readonly forbidden: string;
}

/** What went wrong before the browser came here: at the identity provider, or while a second factor was waited for. */
export function SignInProblem({ title, forbidden }: SignInProblemProps) {
  const { problem } = useSearch({ strict: false });
  if (problem === undefined) return null;
  return (
    <Alert color="red" title={title} mb="md" role="alert">
      {problem === 'forbidden' ? forbidden : (PROBLEMS[problem] ?? NOT_FINISHED)}
    </Alert>
  );
}
