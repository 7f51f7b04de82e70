import { PageHeader } from '../../components/index.ts';

export function SignInPage() {
  return <PageHeader title="Sign in" />;
}
