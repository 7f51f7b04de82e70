import type { SqlTransaction } from '@imprest/application';
import { type DomainEvent, sumOfAllocations, type Tokens } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { UsageGenerationRow, UsageRow, type WaitingTokens } from '../entities/index.js';
import { type TablesOf, tableProjector } from './table-projector.js';

const rows = { usage: UsageRow, generations: UsageGenerationRow };
type Tables = TablesOf<typeof rows>;

const keyColumns = ['tenantId', 'day', 'model', 'apiKeyId', 'endUserId', 'dialect'] as const;
type UsageKey = Pick<UsageRow, (typeof keyColumns)[number]>;
type Counts = Omit<UsageRow, keyof UsageKey>;

const nothing: Counts = {
  ...{ requests: 0, succeeded: 0, failed: 0, cancelled: 0 },
  ...{ held: 0n, captured: 0n, released: 0n, refunded: 0n },
};

const OUTCOMES = {
  GenerationSucceeded: 'succeeded',
  GenerationFailed: 'failed',
  GenerationCancelled: 'cancelled',
} as const;

type TokensOf = readonly (readonly [WaitingTokens['what'], Tokens])[];

/** Tokens of a generation that an event of the account moves. */
function tokensOf(event: DomainEvent): TokensOf {
  switch (event.type) {
    case 'TokensHeld':
      return [['held', event.data.tokens]];
    case 'HoldSettled':
      return [
        ['captured', sumOfAllocations(event.data.captured)],
        ['released', sumOfAllocations(event.data.released)],
      ];
    case 'HoldReleased':
      return [['released', sumOfAllocations(event.data.released)]];
    case 'TokensRefunded':
      return [['refunded', sumOfAllocations(event.data.allocations)]];
    default:
      return [];
  }
}

const TYPES: ReadonlySet<string> = new Set([
  ...Object.keys(OUTCOMES),
  ...['GenerationRequested', 'TokensHeld', 'HoldSettled', 'HoldReleased', 'TokensRefunded'],
]);

interface Fact {
  readonly event: DomainEvent;
  readonly generationId: string;
  /** On which it happened. */
  readonly day: string;
}

function factOf(recorded: RecordedEvent): Fact {
  const event = toDomainEvent(recorded);
  const { data } = event;
  const named = 'generationId' in data ? data.generationId : null;
  const generationId = named ?? streamId(recorded.stream);
  return { event, generationId, day: recorded.metadata.occurredAt.slice(0, 10) };
}

/** What one batch of events adds, generation by generation. */
class UsageBatch {
  private readonly generations = new Map<string, UsageGenerationRow>();
  private readonly changed = new Map<string, UsageGenerationRow>();
  private readonly added = new Map<string, UsageRow>();

  constructor(known: readonly UsageGenerationRow[]) {
    for (const row of known) this.generations.set(row.generationId, row);
  }

  apply({ event, generationId, day }: Fact): void {
    if (event.type === 'GenerationRequested') {
      this.requested(generationId, event.data);
      this.add(generationId, day, 'requests', 1);
    } else if (event.type in OUTCOMES) {
      this.add(generationId, day, OUTCOMES[event.type as keyof typeof OUTCOMES], 1);
    } else {
      for (const [what, tokens] of tokensOf(event)) this.moved(generationId, day, what, tokens);
    }
  }

  async save(sql: SqlTransaction, { usage, generations }: Tables): Promise<void> {
    await generations.upsert(sql, [...this.changed.values()]);
    const known = await usage.load(sql, [...this.added.values()].map(keyOf));
    for (const row of known) {
      const added = this.added.get(textOf(row));
      if (added !== undefined) this.added.set(textOf(row), sum(row, added));
    }
    await usage.upsert(sql, [...this.added.values()]);
  }

  private requested(
    generationId: string,
    data: Extract<DomainEvent, { type: 'GenerationRequested' }>['data'],
  ): void {
    const { tenantId, apiKeyId, endUserId, dialect, price } = data;
    const waiting = this.generations.get(generationId)?.waiting ?? [];
    const whose = { tenantId, model: price.model, apiKeyId, endUserId, dialect };
    this.keep({ generationId, ...whose, waiting: [] });
    for (const { day, what, tokens } of waiting) {
      this.add(generationId, day, what, BigInt(tokens));
    }
  }

  /** The account's events may come before those of the generation; then they wait in its row. */
  private moved(
    generationId: string,
    day: string,
    what: WaitingTokens['what'],
    tokens: Tokens,
  ): void {
    if (this.add(generationId, day, what, tokens)) return;
    const known = this.generations.get(generationId) ?? unknown(generationId);
    const waiting = [...known.waiting, { day, what, tokens: tokens.toString() }];
    this.keep({ ...known, waiting });
  }

  private keep(row: UsageGenerationRow): void {
    this.generations.set(row.generationId, row);
    this.changed.set(row.generationId, row);
  }

  /** False while nobody knows whose the generation is. */
  private add<Count extends keyof Counts>(
    generationId: string,
    day: string,
    count: Count,
    by: Counts[Count],
  ): boolean {
    const row = this.generations.get(generationId);
    if (row === undefined || row.tenantId === null) return false;
    const { tenantId, model, apiKeyId, endUserId, dialect } = row;
    const key = { tenantId, day, model, apiKeyId, endUserId, dialect } as UsageKey;
    const text = textOf(key);
    const added = this.added.get(text) ?? { ...key, ...nothing };
    this.added.set(text, sum(added, { ...nothing, [count]: by }));
    return true;
  }
}

function unknown(generationId: string): UsageGenerationRow {
  const whose = { tenantId: null, model: null, apiKeyId: null, endUserId: null, dialect: null };
  return { generationId, ...whose, waiting: [] };
}

function keyOf({ tenantId, day, model, apiKeyId, endUserId, dialect }: UsageKey): UsageKey {
  return { tenantId, day, model, apiKeyId, endUserId, dialect };
}

const textOf = (key: UsageKey) => JSON.stringify(keyColumns.map((column) => key[column]));

function sum(row: UsageRow, added: Counts): UsageRow {
  return {
    ...keyOf(row),
    requests: row.requests + added.requests,
    succeeded: row.succeeded + added.succeeded,
    failed: row.failed + added.failed,
    cancelled: row.cancelled + added.cancelled,
    held: row.held + added.held,
    captured: row.captured + added.captured,
    released: row.released + added.released,
    refunded: row.refunded + added.refunded,
  };
}

/**
 * Requests, outcomes and tokens, each on the day it happened: tokens captured on a day are those that the
 * journal captured on it. Generations and their money may come in any order to each other.
 */
export const usageProjector = tableProjector({
  name: 'usage',
  categories: ['generation', 'tokenAccount'],
  minimumIntervalMs: 100,
  rows,
  async project(events, sql, tables) {
    const facts = events.filter(({ type }) => TYPES.has(type)).map(factOf);
    const ids = [...new Set(facts.map(({ generationId }) => generationId))];
    const known = await tables.generations.load(
      sql,
      ids.map((generationId) => ({ generationId })),
    );
    const batch = new UsageBatch(known);
    for (const fact of facts) batch.apply(fact);
    await batch.save(sql, tables);
  },
});
