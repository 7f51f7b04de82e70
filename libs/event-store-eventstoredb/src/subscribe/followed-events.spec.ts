import { EventEmitter } from 'node:events';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import type { EventBatch } from '@imprest/application';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadCall } from '../connection/connection.js';
import { encodeMetadata } from '../event-metadata.js';
import { PositionMap } from '../positions/position-map.js';
import { IncomingMessages } from '../read/incoming-messages.js';
import { FollowedEvents } from './followed-events.js';

const metadata = Buffer.from(
  encodeMetadata(
    { correlationId: 'c', causationId: 'c', occurredAt: 'now', actor: { kind: 'system', id: 's' } },
    1,
  ),
);

function event(position: number): ReadResp {
  const recorded = new streamsMessages.ReadResp.ReadEvent.RecordedEvent();
  recorded.setCommitPosition(String(position)).setData(Buffer.from('{}'));
  recorded.setCustomMetadata(metadata).setStreamRevision('0');
  const name = new sharedMessages.StreamIdentifier().setStreamName(Buffer.from('thing-1'));
  recorded.setStreamIdentifier(name);
  const message = new streamsMessages.ReadResp.ReadEvent().setEvent(recorded);
  return new streamsMessages.ReadResp().setEvent(message);
}

function checkpoint(position: number): ReadResp {
  const at = new streamsMessages.ReadResp.Checkpoint().setCommitPosition(String(position));
  return new streamsMessages.ReadResp().setCheckpoint(at);
}

const caughtUp = () =>
  new streamsMessages.ReadResp().setCaughtUp(new streamsMessages.ReadResp.CaughtUp());
const fellBehind = () =>
  new streamsMessages.ReadResp().setFellBehind(new streamsMessages.ReadResp.FellBehind());

function followed(after: number, batchSize = 100) {
  const call = Object.assign(new EventEmitter(), {
    pause: () => undefined,
    resume: () => undefined,
    cancel: () => undefined,
  });
  const incoming = new IncomingMessages(call as unknown as ReadCall, 1_000);
  const events = new FollowedEvents(incoming, BigInt(after), batchSize, PositionMap.EMPTY);
  const come = (...messages: ReadResp[]) => {
    for (const message of messages) call.emit('data', message);
  };
  return { call, events, come, next: () => events.next(5) };
}

const positions = (batch: EventBatch | undefined) =>
  batch?.events.map(({ position }) => Number(position));

describe('batches of a subscription', () => {
  test('a checkpoint counts once the events before it are taken', async () => {
    const { come, next } = followed(0, 2);
    come(event(10), event(20), event(30), checkpoint(90), caughtUp());
    const first = await next();
    expect(positions(first)).toEqual([10, 20]);
    expect(first).toMatchObject({ position: 20n, caughtUp: false });
    const second = await next();
    expect(positions(second)).toEqual([30]);
    expect(second).toMatchObject({ position: 90n, caughtUp: true });
  });

  test('a checkpoint alone makes an empty batch, one that moves nothing makes none', async () => {
    const { come, next } = followed(50);
    come(caughtUp(), checkpoint(60));
    expect(await next()).toEqual({ events: [], position: 60n, caughtUp: true });
    come(checkpoint(60));
    expect(await next()).toBeUndefined();
  });

  test('an event at or below the position is dropped', async () => {
    const { come, next } = followed(20);
    come(event(10), event(20), event(30), caughtUp());
    expect(positions(await next())).toEqual([30]);
  });

  test('while live, an event does not wait for more', async () => {
    const { come, events, next } = followed(0);
    come(caughtUp());
    expect(await next()).toBeUndefined();
    expect(events.isLive).toBe(true);
    come(event(10));
    expect(await next()).toMatchObject({ position: 10n, caughtUp: true });
  });

  test('a server that fell behind is not caught up', async () => {
    const { come, events, next } = followed(0);
    come(caughtUp(), event(10), fellBehind());
    expect(await next()).toMatchObject({ position: 10n, caughtUp: false });
    expect(events.isLive).toBe(false);
  });

  test('nothing for a while is nothing', async () => {
    expect(await followed(0).next()).toBeUndefined();
  });

  test('the end of the call is told after everything before it was taken', async () => {
    const { call, come, next } = followed(0);
    come(event(10));
    call.emit('error', new Error('connection lost'));
    expect(positions(await next())).toEqual([10]);
    await expect(next()).rejects.toThrow('connection lost');
  });

  test('whatever comes in whatever batches, a position is never ahead of an event still to come', async () => {
    const steps = fc.array(fc.record({ gap: fc.integer({ min: 1, max: 9 }), kind: fc.nat(2) }));
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 4 }), async (given, batchSize) => {
        const { come, next } = followed(0, batchSize);
        let position = 0;
        const expected: number[] = [];
        for (const { gap, kind } of given) {
          position += gap;
          if (kind !== 0) expected.push(position);
          come(kind === 0 ? checkpoint(position) : event(position));
        }
        come(caughtUp());
        const seen: number[] = [];
        let reached = 0n;
        for (let batch = await next(); batch !== undefined; batch = await next()) {
          seen.push(...(positions(batch) as number[]));
          expect(batch.position).toBeGreaterThan(reached);
          reached = batch.position;
          const due = expected.filter((each) => BigInt(each) <= reached);
          expect(seen).toEqual(due);
        }
        expect(seen).toEqual(expected);
        expect(reached).toBe(BigInt(position));
      }),
      { numRuns: 50 },
    );
  });
});
