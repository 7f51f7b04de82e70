import { PageHeader } from '../../components/index.ts';

export function AccountPage() {
  return <PageHeader title="Account" />;
}
