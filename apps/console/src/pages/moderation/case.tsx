import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  CopyableId,
  DescriptionList,
  PageHeader,
  QueryView,
  Section,
  StatusBadge,
  Timestamp,
} from '../../components/index.ts';
import { GROUNDS, isOverdue, type ModerationCase } from '../../moderation/cases.ts';
import { CaseHistory } from './case-history.tsx';
import { DecisionForm } from './decision-form.tsx';
import { MediaGallery } from './media-gallery.tsx';
import { ReopenCase } from './reopen-case.tsx';

function Facts({ found }: { found: ModerationCase }) {
  return (
    <DescriptionList
      items={[
        ['Why', `${found.kind}, ${GROUNDS[found.grounds]}`],
        ['Tenant', <CopyableId key="tenant" id={found.tenantId} />],
        ['Generation', <CopyableId key="generation" id={found.generationId} />],
        ['End user', <CopyableId key="user" id={found.endUserId} />],
        ['End user is', found.endUserBlocked === null ? 'not blocked' : found.endUserBlocked],
        ['Opened', <Timestamp key="opened" at={found.openedAt} />],
        ['Due', <Timestamp key="due" at={found.dueAt} />],
        ['Seen as it is', found.unblurred === 1 ? 'once' : `${found.unblurred} times`],
        ...(found.note === null ? [] : [['Report', found.note] as const]),
      ]}
    />
  );
}

function Verdicts({ found: { verdicts } }: { found: ModerationCase }) {
  if (verdicts.length === 0) return null;
  return (
    <Section title="What machines said">
      <DescriptionList
        items={verdicts.map(({ provider, version, outcome, category, score }) => [
          `${provider} ${version}`,
          <Text key={provider} span size="sm">
            <StatusBadge status={outcome} color={outcome === 'block' ? 'red' : 'yellow'} />{' '}
            {category ?? 'no category'}
            {score !== null && ` ${score.toFixed(2)}`}
          </Text>,
        ])}
      />
    </Section>
  );
}

function Decided({ found }: { found: ModerationCase }) {
  return (
    <Section title="Decision" actions={<ReopenCase caseId={found.id} />}>
      <DescriptionList
        items={[
          ['Decision', found.decision?.replaceAll('_', ' ')],
          ['Reason', found.reason?.replaceAll('_', ' ')],
          ['Note', found.decisionNote],
          ['By', found.decidedBy],
          ['At', <Timestamp key="at" at={found.decidedAt} />],
        ]}
      />
    </Section>
  );
}

export function CasePage() {
  const api = useOperatorApi();
  const { caseId: id = '' } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ['moderation', 'case', id],
    queryFn: () =>
      answerOf(api.GET('/admin/v1/moderation/cases/{id}', { params: { path: { id } } })),
  });
  const { data } = query;
  const status = data && (isOverdue(data, new Date()) ? 'overdue' : (data.decision ?? data.state));
  return (
    <>
      <PageHeader
        title="Case"
        parent={{ label: 'Moderation queue', to: '/moderation' }}
        aside={
          status && <StatusBadge status={status} color={status === 'overdue' ? 'red' : undefined} />
        }
        description={<CopyableId id={id} whole />}
      />
      <QueryView query={query}>
        {(found) => (
          <Stack gap="md">
            <Facts found={found} />
            <MediaGallery found={found} />
            <Verdicts found={found} />
            {found.state === 'open' ? <DecisionForm found={found} /> : <Decided found={found} />}
            <CaseHistory history={found.history} />
          </Stack>
        )}
      </QueryView>
    </>
  );
}
