import { Group } from '@mantine/core';
import { CopyIcon, PageLink } from '../../components/index.ts';

/** The id of a request, which leads to its way through all services. */
export function TraceLink({ id }: { id: string }) {
  const shown = id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-6)}` : id;
  return (
    <Group gap={4} wrap="nowrap">
      <PageLink to="/operations/traces" search={{ id }} title={id} style={{ whiteSpace: 'nowrap' }}>
        {shown}
      </PageLink>
      <CopyIcon value={id} label={`Copy ${id}`} />
    </Group>
  );
}
