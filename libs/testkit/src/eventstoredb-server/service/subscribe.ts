import { randomUUID } from 'node:crypto';
import type { EventLog } from '../log/event-log.js';
import type { StoredEvent } from '../log/stored-event.js';
import type { FilterOptions } from './event-filter.js';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  fellBehindMessage,
} from './event-messages.js';
import type { ReadOutput } from './read-output.js';

/** A live subscription further behind than this goes back to catching up, and says so. */
const LIVE_BUFFER = 2_048;
const PAGE = 500;

export interface Subscribing {
  readonly log: EventLog;
  readonly output: ReadOutput;
  /** Index of the first event to look at. */
  readonly from: number;
  readonly filter: FilterOptions | undefined;
  /** Of a subscription to one stream. */
  readonly wanted?: (event: StoredEvent) => boolean;
}

/**
 * First what is there, in pages of the search window, then what comes. Checkpoints: after a page, the last
 * event of it that passed or else its first; when live, the event at which the interval is full.
 */
export async function subscribe(subscribing: Subscribing): Promise<void> {
  const { log, output } = subscribing;
  if (!(await output.send(confirmationMessage(randomUUID())))) return;
  const state = { next: subscribing.from, live: false, considered: 0 };
  while (!output.isOver) {
    if (state.next >= log.length) {
      if (!state.live) await output.send(caughtUpMessage());
      state.live = true;
      if (state.next >= log.length && !output.isOver) {
        await output.until((wake) => log.onWritten(wake));
      }
      continue;
    }
    if (state.live && log.length - state.next > LIVE_BUFFER) {
      state.live = false;
      await output.send(fellBehindMessage());
    }
    if (state.live) await sendLive(subscribing, state);
    else await sendPage(subscribing, state);
  }
}

interface Progress {
  next: number;
  live: boolean;
  considered: number;
}

async function sendPage(subscribing: Subscribing, state: Progress): Promise<void> {
  const { log, output, filter } = subscribing;
  const end = Math.min(log.length, state.next + (filter?.window ?? PAGE));
  let reached = log.at(state.next).position;
  state.considered += end - state.next;
  for (; state.next < end; state.next += 1) {
    const event = log.at(state.next);
    if (!passes(subscribing, event)) continue;
    reached = event.position;
    if (!(await output.send(eventMessage(event)))) return;
  }
  if (filter === undefined || end >= log.length) return;
  if (state.considered < filter.checkpointInterval) return;
  state.considered %= filter.checkpointInterval;
  await output.send(checkpointMessage(reached));
}

async function sendLive(subscribing: Subscribing, state: Progress): Promise<void> {
  const { log, output, filter } = subscribing;
  const event = log.at(state.next);
  state.next += 1;
  if (passes(subscribing, event) && !(await output.send(eventMessage(event)))) return;
  if (filter === undefined) return;
  state.considered += 1;
  if (state.considered < filter.checkpointInterval) return;
  state.considered = 0;
  await output.send(checkpointMessage(event.position));
}

function passes({ filter, wanted }: Subscribing, event: StoredEvent): boolean {
  return (filter?.passes(event) ?? true) && (wanted?.(event) ?? true);
}
