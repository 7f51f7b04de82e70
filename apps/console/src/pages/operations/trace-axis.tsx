import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatDuration } from '../../format/time.ts';
import { eventReference } from '../../operations/events.ts';
import type { TraceLane } from '../../operations/trace.ts';
import classes from './trace-axis.module.css';

const TICKS = [0, 25, 50, 75, 100];

function Lane({ lane: { service, events } }: { lane: TraceLane }) {
  return (
    <>
      <div className={classes.service}>{service}</div>
      <div className={classes.lane}>
        {events.map(({ event, offsetMs, percent }) => {
          const label = `${event.type} after ${formatDuration(offsetMs)}`;
          return (
            <Tooltip key={event.position} label={label}>
              <Link
                to="/operations/events/$eventId"
                params={{ eventId: eventReference(event) }}
                className={classes.event}
                style={{ left: `${percent}%` }}
                aria-label={label}
              />
            </Tooltip>
          );
        })}
      </div>
    </>
  );
}

/** Services below each other with their events on one axis; the table beneath says the same in words. */
export function TraceAxis({
  lanes,
  durationMs,
}: {
  lanes: readonly TraceLane[];
  durationMs: number;
}) {
  return (
    <section className={classes.axis} aria-label="Events by service on one axis of time">
      {lanes.map((lane) => (
        <Lane key={lane.service} lane={lane} />
      ))}
      <div />
      <div className={classes.ticks} aria-hidden>
        {TICKS.map((percent) => (
          <span key={percent} style={{ left: `${percent}%` }}>
            {formatDuration((durationMs * percent) / 100)}
          </span>
        ))}
      </div>
    </section>
  );
}
