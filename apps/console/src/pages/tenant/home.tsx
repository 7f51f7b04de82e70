import { PageHeader } from '../../components/index.ts';

export function HomePage() {
  return <PageHeader title="Home" />;
}
