import { SimpleGrid } from '@mantine/core';
import { PageLink, StatTile } from '../../components/index.ts';
import { formatDuration } from '../../format/time.ts';
import { formatRate, formatRatio, laggards, type Overview } from '../../operations/overview.ts';

function AcceptTile({ accepted: { now, fiveMinutes, hour } }: Overview) {
  return (
    <StatTile
      label="Accepted a minute"
      value={formatRate(now)}
      hint={`${formatRate(fiveMinutes)} over 5 minutes, ${formatRate(hour)} over an hour`}
    />
  );
}

function QueueTile({ queue: { waiting, running, delayed, oldestWaitSeconds } }: Overview) {
  const oldest =
    waiting === 0 ? '' : `, the oldest for ${formatDuration(oldestWaitSeconds * 1000)}`;
  return (
    <StatTile
      label="Jobs that wait"
      value={
        <PageLink to="/operations/queue" inherit>
          {waiting}
        </PageLink>
      }
      hint={`${running} under way, ${delayed} for later${oldest}`}
    />
  );
}

function WorkersTile({ workers }: Overview) {
  const { active, cordoned, draining, gone, slots, busySlots } = workers;
  return (
    <StatTile
      label="Slots in use"
      value={
        <PageLink to="/operations/workers" inherit>
          {busySlots} of {slots}
        </PageLink>
      }
      hint={`workers: ${active} active, ${cordoned} cordoned, ${draining} draining, ${gone} gone`}
    />
  );
}

function DeliveriesTile({ deliveries }: Overview) {
  const { successRatio, pending, failed, failingEndpoints } = deliveries;
  return (
    <StatTile
      label="Webhooks delivered"
      value={formatRatio(successRatio)}
      hint={`within the last hour; ${failed} given up, ${pending} wait, ${failingEndpoints} endpoints fail`}
      color={failed > 0 ? 'orange' : undefined}
    />
  );
}

function LagTile({ consumers, head }: Overview) {
  const behind = laggards(consumers);
  const [furthest] = behind;
  return (
    <StatTile
      label="Furthest behind"
      value={
        <PageLink to="/operations/projections" inherit>
          {furthest === undefined ? 'none' : formatDuration(furthest.secondsBehind * 1000)}
        </PageLink>
      }
      hint={
        furthest === undefined ? `all at event ${head}` : `${furthest.consumer} of ${behind.length}`
      }
    />
  );
}

function FindingsTile({ openFindings, invariantViolations }: Overview) {
  const open = openFindings.reduce((sum, each) => sum + each.open, 0);
  return (
    <StatTile
      label="Invariants"
      value={invariantViolations === 0 ? 'all hold' : `${invariantViolations} broken`}
      color={invariantViolations === 0 ? undefined : 'red'}
      hint={open === 0 ? 'no finding is open' : `open findings: ${open}`}
    />
  );
}

function StuckTiles({ parkedStreams, deadLetters }: Overview) {
  return (
    <>
      <StatTile
        label="Parked streams"
        value={
          <PageLink to="/operations/parked" inherit>
            {parkedStreams}
          </PageLink>
        }
        color={parkedStreams === 0 ? undefined : 'orange'}
        hint="wait for an operator"
      />
      <StatTile
        label="Dead letters"
        value={
          <PageLink to="/operations/dead-letters" inherit>
            {deadLetters.waiting}
          </PageLink>
        }
        hint={`${deadLetters.lastDay} given up within a day`}
      />
    </>
  );
}

/** The installation in eight figures. */
export function OverviewTiles({ overview }: { overview: Overview }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
      <AcceptTile {...overview} />
      <QueueTile {...overview} />
      <WorkersTile {...overview} />
      <DeliveriesTile {...overview} />
      <LagTile {...overview} />
      <FindingsTile {...overview} />
      <StuckTiles {...overview} />
    </SimpleGrid>
  );
}
