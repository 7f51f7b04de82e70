import { PageHeader } from '../../components/index.ts';

export function OverviewPage() {
  return <PageHeader title="Operations" />;
}
