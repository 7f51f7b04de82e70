import { AccountBook, type TokenAccountEvent } from '@imprest/domain';
import {
  recordedEvent,
  type StoredEvent,
  storedEvent,
  streamId,
  toDomainEvent,
} from '@imprest/event-catalogue';
import { tokenAccountHistory } from '@imprest/testkit/arbitraries';
import { exampleEvent } from '@imprest/testkit/domain';
import { RecordedLog } from '@imprest/testkit/projections';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHAIN_START, entryLeaf, eventLeaf } from '../canonical/record-leaf.js';
import { newSealKeyPem, type SealKey, sealKeyFromPem } from '../seal/seal-key.js';
import { introduceKey, signSeal } from '../seal/signing.js';
import { Findings } from '../verify/findings.js';
import { LogVerifier } from '../verify/log-verifier.js';
import { DecodedEntry, type StoredEntry } from '../verify/stored-entry.js';
import { type BundleLine, bundleLine } from './bundle-lines.js';
import { verifyBundle } from './verify-bundle.js';

interface LogRecord {
  readonly event: StoredEvent;
  readonly entry: StoredEntry | undefined;
}

/** A log with its entries, sealed after each part; the last events are under no seal. */
class Trial {
  readonly log = new RecordedLog();
  readonly records: LogRecord[] = [];
  private readonly books = new Map<string, { book: AccountBook; head: Buffer }>();
  private last: ReturnType<typeof signSeal> | undefined;

  constructor(private readonly key: SealKey) {
    const introducedAt = '2026-01-15T08:00:00.000Z';
    const data = introduceKey({ key, previous: null, introducedAt, reason: 'first key' });
    this.take('log', { type: 'SealKeyIntroduced', data });
  }

  take(id: string, ...events: Parameters<RecordedLog['record']>[1][]): void {
    for (const recorded of this.log.record(id, ...events)) {
      const event = storedEvent(recorded);
      this.records.push({ event, entry: this.entryOf(event) });
    }
  }

  private entryOf(event: StoredEvent): StoredEntry | undefined {
    if (!event.stream.startsWith('tokenAccount-')) return undefined;
    const tenantId = streamId(event.stream);
    const known = this.books.get(tenantId) ?? {
      book: new AccountBook(tenantId),
      head: CHAIN_START,
    };
    this.books.set(tenantId, known);
    const recorded = recordedEvent(event);
    const entry = known.book.enter({
      ...{ tenantId, revision: event.revision, eventId: event.eventId },
      happenedAt: recorded.metadata.occurredAt,
      knownAt: event.recordedAt.toISOString(),
      event: toDomainEvent(recorded) as TokenAccountEvent,
    });
    known.head = entryLeaf(known.head, event, entry);
    const { available, held } = known.book;
    return new DecodedEntry(event.position, entry, known.head, available, held);
  }

  seal(): void {
    const after = BigInt(this.last?.upTo ?? 0);
    const verifier = new LogVerifier({
      findings: new Findings(),
      seals: this.last ? [this.last] : [],
    });
    for (const { event, entry } of this.records) verifier.take(event, entry);
    const { size, root } = verifier.closeOpenTree();
    const at = this.log.clock.isoNow();
    this.last = signSeal(
      {
        ...{ format: 1, number: (this.last?.number ?? 0) + 1, events: size },
        ...{ after: `${after}`, upTo: `${verifier.position}`, root: root.toString('hex') },
        accounts: verifier.accounts.size,
        accountsRoot: verifier.accounts.root().toString('hex'),
        ...{ previous: this.last?.digest ?? null, knownBefore: at, sealedAt: at },
      },
      this.key,
    );
    this.take('log', { type: 'LedgerSealed', data: this.last });
  }

  bundle(of?: string): string {
    const told: BundleLine[] = [];
    for (const { event, entry } of this.records) {
      const { position } = event;
      const leaf = entry?.leaf ?? eventLeaf(event);
      if (entry !== undefined && (of === undefined || streamId(event.stream) === of)) {
        told.push({ kind: 'record', event, entry });
      } else if (event.stream === 'ledgerSeal-log') {
        told.push({ kind: 'event', event, leaf });
      } else if (position <= BigInt(this.last?.upTo ?? 0)) {
        told.push({ kind: 'withheld', position, leaf });
      }
    }
    const last = told.at(-1) as { event: StoredEvent };
    const end: BundleLine = { kind: 'end', upTo: last.event.position, events: BigInt(told.length) };
    return [{ kind: 'begin' } as const, ...told, end].map(bundleLine).join('\n');
  }
}

const key = sealKeyFromPem(newSealKeyPem());
const TENANTS = ['ten_a', 'ten_b'];

function trial(steps: number): Trial {
  const trial = new Trial(key);
  const histories = TENANTS.map(
    (tenantId, index) =>
      fc.sample(
        fc.noShrink(
          tokenAccountHistory(tenantId, steps).filter(({ length }) => length > steps / 3),
        ),
        {
          seed: 7 + index,
          numRuns: 1,
        },
      )[0]!,
  );
  const longest = Math.max(...histories.map(({ length }) => length));
  for (let at = 0; at < longest; at += 2) {
    for (const [index, history] of histories.entries()) {
      const events = history.slice(at, at + 2);
      if (events.length > 0) trial.take(TENANTS[index]!, ...events);
    }
    trial.take(`g${at}`, exampleEvent('GenerationStarted'));
    if (at % 10 === 8) trial.seal();
  }
  return trial;
}

const lines = (text: string) => () =>
  (async function* () {
    yield* text.split('\n');
  })();
const verify = (text: string) => verifyBundle(lines(text), { trusted: key });

describe('a bundle', () => {
  test('is verified by nothing but its text and a key', async () => {
    const verified = await verify(trial(60).bundle());
    expect(verified.findings).toEqual([]);
    expect(verified.seals).toBeGreaterThan(1);
    expect(verified).toMatchObject({ accounts: 2, vouchedUpTo: verified.seals });
  });

  test('of one tenant says nothing of another, and is verified as well', async () => {
    const text = trial(60).bundle('ten_a');
    expect(text).not.toContain('ten_b');
    const verified = await verify(text);
    expect(verified).toMatchObject({ findings: [], accounts: 1, vouchedUpTo: verified.seals });
    expect(verified.withheld).toBeGreaterThan(10);
  });

  test('that lacks a line anywhere is not whole', async () => {
    const all = trial(20).bundle('ten_a').split('\n');
    for (const at of all.keys()) {
      const { findingsCount } = await verify(
        [...all.slice(0, at), ...all.slice(at + 1)].join('\n'),
      );
      expect([at, findingsCount > 0]).toEqual([at, true]);
    }
  });

  test('in which two neighbours changed places is found out', async () => {
    const all = trial(20).bundle().split('\n');
    for (let at = 0; at < all.length - 1; at += 1) {
      const swapped = [...all.slice(0, at), all[at + 1]!, all[at]!, ...all.slice(at + 2)];
      expect([at, (await verify(swapped.join('\n'))).findingsCount > 0]).toEqual([at, true]);
    }
  });

  test('of which any byte was changed is found out', async () => {
    const bytes = Buffer.from(trial(30).bundle('ten_b'));
    const places = fc.sample(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 7 })), {
      ...{ seed: 1, numRuns: 400 },
    });
    for (const [at, bit] of places) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ (1 << bit);
      const { findingsCount } = await verify(changed.toString('utf8'));
      const around = bytes.subarray(Math.max(0, at - 20), at + 20).toString();
      expect([at, bit, around, findingsCount > 0]).toEqual([at, bit, around, true]);
    }
  }, 60_000);
});
