import { Alert, Checkbox, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  EmptyState,
  QueryView,
  ReasonAction,
  StatusBadge,
  Timestamp,
} from '../../components/index.ts';
import { formatTokens } from '../../format/amount.ts';
import { formatDuration } from '../../format/time.ts';
import type { AnswerOf } from '../../operations/answers.ts';
import { ReadingBar } from '../operations/rebuild-progress.tsx';

type Verification = AnswerOf<'/admin/v1/ledger/verifications'>['verifications'][number];
type Result = NonNullable<Verification['result']>;

const KEY = ['ledger', 'verifications'];
const SHOWN = 5;

function Findings({ result: { findings, findingsCount } }: { result: Result }) {
  if (findingsCount === 0) return null;
  return (
    <Alert color="red" title={`Findings: ${findingsCount}`}>
      <List size="sm">
        {findings.map(({ where, position, problem }) => (
          <List.Item key={`${where} ${position} ${problem}`}>
            {where}
            {position === null ? '' : ` at ${position}`}: {problem}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Looked({ result }: { result: Result }) {
  const { events, entries, accounts, seals, vouchedUpTo, seconds } = result;
  return (
    <Text size="sm">
      {formatTokens(events)} events, {formatTokens(entries)} entries, {formatTokens(accounts)}{' '}
      accounts and {formatTokens(seals)} seals (vouched for up to {vouchedUpTo}) in{' '}
      {formatDuration(seconds * 1000)}.
    </Text>
  );
}

function statusOf({ state, result }: Verification): { status: string; color?: string } {
  if (result === null) return { status: state };
  return result.findingsCount === 0
    ? { status: 'verified', color: 'green' }
    : { status: 'broken', color: 'red' };
}

function VerificationItem({ run }: { run: Verification }) {
  const { state, startedBy, startedAt, reason, progress, result, error } = run;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs">
        <Group gap="sm">
          <StatusBadge {...statusOf(run)} />
          <Text size="sm">
            <Timestamp at={startedAt} span /> by {startedBy}
            {reason === null ? '' : `: ${reason}`}
          </Text>
        </Group>
        {state === 'running' && <ReadingBar progress={progress} />}
        {result && <Looked result={result} />}
        {result && <Findings result={result} />}
        {error && (
          <Text size="sm" c="red">
            {error}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

function StartVerification() {
  const api = useOperatorApi();
  const [chainsOnly, setChainsOnly] = useState(false);
  return (
    <ReasonAction
      label="Verify"
      title="Verify the books"
      explains="Every event, chain, entry and seal is read again from the first one on and compared with the books. It goes on in the background and changes nothing."
      variant="filled"
      command={{
        run: (reason) =>
          answerOf(api.POST('/admin/v1/ledger/verifications', { body: { reason, chainsOnly } })),
        done: 'The verification has begun.',
        touches: [KEY],
      }}
    >
      <Checkbox
        label="Chains and seals alone"
        description="Leaves out the replay of entries: faster."
        checked={chainsOnly}
        onChange={(event) => setChainsOnly(event.currentTarget.checked)}
      />
    </ReasonAction>
  );
}

/** Begins a verification, and tells how the latest went. */
export function Verifications() {
  const api = useOperatorApi();
  const verifications = useQuery({
    queryKey: KEY,
    queryFn: () => {
      const params = { query: { limit: SHOWN } };
      return answerOf(api.GET('/admin/v1/ledger/verifications', { params }));
    },
    refetchInterval: 2_000,
  });
  return (
    <section>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          Verifications
        </Title>
        <StartVerification />
      </Group>
      <QueryView query={verifications}>
        {(found) => (
          <Stack gap="sm">
            {found.verifications.map((run) => (
              <VerificationItem key={run.id} run={run} />
            ))}
            {found.verifications.length === 0 && (
              <EmptyState title="Not verified from here yet">
                The nightly audit verifies too; begin one here whenever somebody asks for proof.
              </EmptyState>
            )}
          </Stack>
        )}
      </QueryView>
    </section>
  );
}
