import { randomUUID } from 'node:crypto';
import { type AppendResult, EventStoreUnavailable } from '@imprest/application';
import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { AppendLane } from './append-lane.js';
import type { AppendLimits } from './append-queue.js';
import type { StoredEvent, WriteOutcome } from './append-statements.js';
import type { EncodedAppend, StreamWrite } from './encoded-append.js';
import type { PendingAppend } from './pending-append.js';

/** What event_store.append and event_store.stored do, without a server. */
class FakeTable {
  readonly log: { readonly stream: string; readonly revision: number; readonly id: string }[] = [];
  readonly batches: number[] = [];
  /** Writes of another process: one is done before each statement. */
  readonly foreign: string[] = [];
  failNext: Error | undefined;

  head(stream: string): number {
    return this.log.filter((event) => event.stream === stream).length - 1;
  }

  async append(_: unknown, calls: readonly PendingAppend[]): Promise<WriteOutcome> {
    await this.interfere();
    this.batches.push(calls.length);
    const writes = calls.flatMap((call) => call.writes);
    const poison = writes.some((write) => write.events.some((event) => event.data === 'poison'));
    if (poison) throw databaseError('22P05');
    const conflicts = new Set<string>();
    const next = new Map<string, number>();
    for (const { stream, firstRevision, events } of writes) {
      const expected = next.get(stream) ?? this.head(stream) + 1;
      if (expected !== firstRevision) {
        // The function looks at the least revision of a stream only: a gap inside a batch would pass.
        expect(next.has(stream), `gap inside a batch on ${stream}`).toBe(false);
        conflicts.add(stream);
      }
      next.set(stream, firstRevision + events.length);
    }
    if (conflicts.size > 0) return { kind: 'conflicts', streams: conflicts };
    for (const { stream, firstRevision, events } of writes) {
      events.forEach((event, n) => {
        this.log.push({ stream, revision: firstRevision + n, id: event.eventId });
      });
    }
    return { kind: 'written', lastPosition: BigInt(this.log.length) };
  }

  async stored(_: unknown, calls: readonly PendingAppend[]): Promise<StoredEvent[]> {
    await this.interfere();
    return calls.flatMap((call) =>
      call.writes.flatMap(({ stream, firstRevision, events }) =>
        events.map((event, n) => {
          const index = this.log.findIndex(
            (each) => each.id === event.eventId && each.revision === firstRevision + n,
          );
          const position = index < 0 ? undefined : BigInt(index + 1);
          return { position, headRevision: this.head(stream) };
        }),
      ),
    );
  }

  private async interfere(): Promise<void> {
    await new Promise(setImmediate);
    const stream = this.foreign.shift();
    if (stream !== undefined && stream !== '') {
      this.log.push({ stream, revision: this.head(stream) + 1, id: randomUUID() });
    }
    const { failNext } = this;
    this.failNext = undefined;
    if (failNext) throw failNext;
  }
}

function databaseError(code: string): Error {
  return Object.assign(new pg.DatabaseError(`refused with ${code}`, 0, 'error'), { code });
}

const session = {
  open: () => Promise.resolve({} as pg.Client),
  discard: () => {},
  close: () => Promise.resolve(),
};

function laneOn(table: FakeTable, changes: Partial<AppendLimits> = {}) {
  const limits = { batchEvents: 8, queuedAppends: 1_000, answerTimeoutMs: 10_000, ...changes };
  return new AppendLane(session, limits, {}, () => {}, table);
}

function write(stream: string, firstRevision: number, ids: string[], data = '{}'): StreamWrite {
  const events = ids.map((eventId) => ({ eventId, type: 'T', version: 1, data, metadata: '{}' }));
  return { stream, firstRevision, events, continues: false };
}

function call(...writes: StreamWrite[]): EncodedAppend {
  const events = writes.reduce((sum, each) => sum + each.events.length, 0);
  return { writes, contradictions: [], events, bytes: 100 * events };
}

const STREAMS = ['a', 'b', 'c'];

const calls = fc.array(
  fc
    .uniqueArray(
      fc.record({
        stream: fc.constantFrom(...STREAMS),
        firstRevision: fc.nat(6),
        // Few ids, so that calls repeat each other.
        ids: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 3 }),
      }),
      { selector: (each) => each.stream, minLength: 1, maxLength: 3 },
    )
    .map((writes) =>
      call(
        ...writes.map(({ stream, firstRevision, ids }) =>
          write(
            stream,
            firstRevision,
            ids.map((id, n) => `${stream}${firstRevision + n}-${id}`),
          ),
        ),
      ),
    ),
  { maxLength: 40 },
);

function checkAnswer(table: FakeTable, encoded: EncodedAppend, answer: AppendResult): void {
  const places = encoded.writes.flatMap(({ stream, firstRevision, events }) =>
    events.map((event, n) =>
      table.log.findIndex(
        (each) =>
          each.stream === stream &&
          each.revision === firstRevision + n &&
          each.id === event.eventId,
      ),
    ),
  );
  if (answer.kind === 'appended') {
    expect(places).not.toContain(-1);
    expect(answer.position).toBe(BigInt(Math.max(...places) + 1));
  } else {
    expect(answer.streams.length).toBeGreaterThan(0);
    for (const { stream, firstRevision, events } of encoded.writes) {
      if (!answer.streams.includes(stream)) continue;
      const whole = events.every((event, n) =>
        table.log.some((each) => each.id === event.eventId && each.revision === firstRevision + n),
      );
      expect(whole, `conflict on ${stream}, but all of it is there`).toBe(false);
    }
  }
}

describe('AppendLane', () => {
  test('whatever calls meet, and whatever another process writes, every answer is true of the log', async () => {
    await fc.assert(
      fc.asyncProperty(
        calls,
        fc.array(fc.constantFrom('', ...STREAMS), { maxLength: 10 }),
        async (encoded, foreign) => {
          const table = new FakeTable();
          table.foreign.push(...foreign);
          const lane = laneOn(table);
          // Checked as it arrives: a call that is in conflict now may be written by its twin later.
          const check = (each: EncodedAppend) =>
            lane.append(each).then((answer) => checkAnswer(table, each, answer));
          await Promise.all(encoded.map(check));
          for (const stream of STREAMS) {
            const revisions = table.log.filter((event) => event.stream === stream);
            expect(revisions.map((event) => event.revision)).toEqual(revisions.map((_, n) => n));
          }
          expect(new Set(table.log.map((event) => event.id)).size).toBe(table.log.length);
          await lane.close();
        },
      ),
      { numRuns: 300 },
    );
  });

  test('calls that arrive while a batch is under way are one batch, up to the limit of events', async () => {
    const table = new FakeTable();
    const lane = laneOn(table, { batchEvents: 50 });
    const first = lane.append(call(write('first', 0, ['f'])));
    await new Promise(setImmediate);
    const rest = Array.from({ length: 80 }, (_, n) =>
      lane.append(call(write(`s${n}`, 0, [`${n}`]))),
    );
    await Promise.all([first, ...rest]);
    expect(table.batches).toEqual([1, 50, 30]);
  });

  test('appends to one stream that follow each other share a batch', async () => {
    const table = new FakeTable();
    const lane = laneOn(table);
    await Promise.all([0, 1, 2, 3].map((n) => lane.append(call(write('a', n, [`${n}`])))));
    expect(table.batches).toEqual([4]);
    expect(table.log.map((event) => event.id)).toEqual(['0', '1', '2', '3']);
  });

  test('a hundred racing writers cost one batch and one look, not a hundred batches', async () => {
    const table = new FakeTable();
    const lane = laneOn(table, { batchEvents: 1_000 });
    const racing = Array.from({ length: 100 }, (_, n) =>
      lane.append(call(write('a', 0, [`${n}`]))),
    );
    const answers = await Promise.all(racing);
    expect(answers.filter((answer) => answer.kind === 'appended')).toHaveLength(1);
    expect(table.batches).toEqual([1]);
  });

  test('content the server refuses fails its own call only', async () => {
    const table = new FakeTable();
    const lane = laneOn(table, { batchEvents: 1_000 });
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) =>
        lane.append(call(write(`s${n}`, 0, [`${n}`], n === 17 ? 'poison' : '{}'))),
      ),
    );
    expect(results.map((result) => result.status)).toEqual(
      results.map((_, n) => (n === 17 ? 'rejected' : 'fulfilled')),
    );
    expect(results[17]).toMatchObject({ reason: expect.any(RangeError) });
    expect(results[17]).toMatchObject({ reason: { message: expect.stringContaining('s17') } });
    expect(table.log).toHaveLength(29);
  });

  test('a failed statement makes its batch unavailable, and the next batch goes', async () => {
    const table = new FakeTable();
    const lane = laneOn(table);
    table.failNext = new Error('connection reset');
    const lost = [0, 1].map((n) => lane.append(call(write(`s${n}`, 0, [`${n}`]))));
    for (const result of await Promise.allSettled(lost)) {
      expect(result).toMatchObject({ reason: expect.any(EventStoreUnavailable) });
      expect(result).toMatchObject({ reason: { message: expect.stringContaining('reset') } });
    }
    expect(await lane.append(call(write('s0', 0, ['0'])))).toEqual({
      kind: 'appended',
      position: 1n,
    });
  });

  test('calls beyond the bound of the queue are turned away at once', async () => {
    const table = new FakeTable();
    const lane = laneOn(table, { queuedAppends: 3 });
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) => lane.append(call(write(`s${n}`, 0, [`${n}`])))),
    );
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(results[4]).toMatchObject({
      reason: { message: expect.stringContaining('overloaded') },
    });
  });

  test('a call that contradicts itself is a conflict without asking the server', async () => {
    const table = new FakeTable();
    const contradiction = { ...call(write('a', 0, ['1'])), contradictions: ['a'] };
    expect(await laneOn(table).append(contradiction)).toEqual({ kind: 'conflict', streams: ['a'] });
    expect(table.batches).toEqual([]);
  });
});
