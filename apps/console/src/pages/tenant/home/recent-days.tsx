import { Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useUsageByDay } from '../../../api/tenant-queries.ts';
import { DayChart, EmptyState, QueryView, Tokens } from '../../../components/index.ts';
import { formatShare, formatTokens } from '../../../format/amount.ts';
import { utcDay } from '../../../format/time.ts';
import { totalsOf } from '../../../usage/grouping.ts';
import { drawnDays } from './days.ts';

const DAYS = 30;

const SPENT = [{ name: 'spent', label: 'Tokens spent', color: 'indigo.6' }];
const OUTCOMES = [
  { name: 'succeeded', label: 'Succeeded', color: 'teal.6' },
  { name: 'failed', label: 'Failed', color: 'red.6' },
];

interface ChartCardProps {
  readonly title: string;
  readonly figure: ReactNode;
  readonly children: ReactNode;
}

function ChartCard({ title, figure, children }: ChartCardProps) {
  return (
    <Paper withBorder p="md" radius="md">
      <Title order={2} size="h5">
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {figure}
      </Text>
      {children}
    </Paper>
  );
}

function NothingYet() {
  return (
    <Paper withBorder radius="md">
      <EmptyState title={`Nothing was spent in ${DAYS} days`} icon={IconChartBar}>
        Spend and success by day show up here with the first generation.
      </EmptyState>
    </Paper>
  );
}

/** Spend and success by day of UTC over the last thirty days. */
export function RecentDays() {
  const now = new Date();
  const usage = useUsageByDay(utcDay(now, 1 - DAYS), utcDay(now, 1));
  return (
    <QueryView query={usage}>
      {(groups) => {
        if (groups.length === 0) return <NothingYet />;
        const days = drawnDays(groups, now, DAYS);
        const { spent, succeeded, failed } = totalsOf(groups);
        const rate = formatShare(succeeded, succeeded + failed);
        return (
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <ChartCard
              title="Spend by day"
              figure={
                <>
                  <Tokens value={spent} /> tokens in {DAYS} days, refunds taken off
                </>
              }
            >
              <DayChart
                kind="bar"
                days={days}
                series={SPENT}
                label={`Tokens spent by day: ${formatTokens(spent)} in ${DAYS} days`}
              />
            </ChartCard>
            <ChartCard title="Success by day" figure={`${rate} of what ended succeeded`}>
              <DayChart
                kind="bar"
                days={days}
                series={OUTCOMES}
                label={`Generations by outcome and day: ${rate} succeeded`}
              />
            </ChartCard>
          </SimpleGrid>
        );
      }}
    </QueryView>
  );
}
