import type { SqlTransaction } from '@imprest/application';
import type { DomainEvent, EndUserEvent, GenerationEvent } from '@imprest/domain';
import {
  type RecordedEvent,
  streamCategory,
  streamId,
  toDomainEvent,
} from '@imprest/event-catalogue';
import { EndUserGenerationRow, EndUserRow } from '../entities/index.js';
import { happenedAt, isNext } from './stream-order.js';
import { type TablesOf, tableProjector } from './table-projector.js';

const rows = { endUsers: EndUserRow, openGenerations: EndUserGenerationRow };
type Tables = TablesOf<typeof rows>;

/** What of a generation's stream counts here. */
const OUTCOMES: ReadonlySet<string> = new Set([
  'GenerationRequested',
  'GenerationSucceeded',
  'GenerationFailed',
  'GenerationCancelled',
]);

interface Fact {
  readonly recorded: RecordedEvent;
  readonly id: string;
  readonly event: DomainEvent;
}

/** Rows of one batch: loaded, changed in memory, and written back whole. */
class EndUserBatch {
  private readonly users = new Map<string, EndUserRow>();
  /** End user by generation, for generations that have not ended. */
  private readonly open = new Map<string, string>();
  private readonly opened = new Set<string>();
  private readonly ended = new Set<string>();

  private constructor(private readonly tables: Tables) {}

  static async load(
    sql: SqlTransaction,
    tables: Tables,
    facts: readonly Fact[],
  ): Promise<EndUserBatch> {
    const batch = new EndUserBatch(tables);
    const ids = new Set<string>();
    const generationIds = new Set<string>();
    for (const { id, event, recorded } of facts) {
      if (event.type === 'GenerationRequested') ids.add(event.data.endUserId);
      if (streamCategory(recorded.stream) === 'endUser') ids.add(id);
      else generationIds.add(id);
    }
    const owners = await tables.openGenerations.load(
      sql,
      [...generationIds].map((generationId) => ({ generationId })),
    );
    for (const { generationId, endUserId } of owners) {
      batch.open.set(generationId, endUserId);
      ids.add(endUserId);
    }
    const users = await tables.endUsers.load(
      sql,
      [...ids].map((id) => ({ id })),
    );
    for (const row of users) batch.users.set(row.id, row);
    return batch;
  }

  apply({ recorded, id, event }: Fact): void {
    if (streamCategory(recorded.stream) === 'endUser') {
      this.applyToEndUser(id, event as EndUserEvent, recorded);
    } else {
      this.applyGeneration(id, event as GenerationEvent, happenedAt(recorded));
    }
  }

  async save(sql: SqlTransaction): Promise<void> {
    const { endUsers, openGenerations } = this.tables;
    await endUsers.upsert(sql, [...this.users.values()]);
    await openGenerations.delete(
      sql,
      [...this.ended].map((generationId) => ({ generationId })),
    );
    await openGenerations.upsert(
      sql,
      [...this.open]
        .filter(([generationId]) => this.opened.has(generationId))
        .map(([generationId, endUserId]) => ({ generationId, endUserId })),
    );
  }

  private seen(id: string, tenantId: string, at: Date): EndUserRow {
    let user = this.users.get(id);
    if (user === undefined) {
      user = newEndUser(id, tenantId, at);
      this.users.set(id, user);
    }
    if (at < user.firstSeen) user.firstSeen = at;
    if (at > user.lastSeen) user.lastSeen = at;
    return user;
  }

  private applyGeneration(id: string, event: GenerationEvent, at: Date): void {
    if (event.type === 'GenerationRequested') {
      if (this.open.has(id)) return;
      this.open.set(id, event.data.endUserId);
      this.opened.add(id);
      this.seen(event.data.endUserId, event.data.tenantId, at).generations += 1;
      return;
    }
    const user = this.users.get(this.open.get(id) ?? '');
    if (user === undefined) return;
    if (event.type === 'GenerationSucceeded') user.succeeded += 1;
    else if (event.type === 'GenerationFailed') user.failed += 1;
    else if (event.type === 'GenerationCancelled') user.cancelled += 1;
    else return;
    user.tokensCharged += event.data.charged;
    this.open.delete(id);
    this.ended.add(id);
  }

  private applyToEndUser(id: string, event: EndUserEvent, recorded: RecordedEvent): void {
    if (!isNext(recorded, this.users.get(id)?.revision ?? -1)) return;
    const at = happenedAt(recorded);
    const known = this.users.get(id);
    const user =
      event.type === 'EndUserRegistered'
        ? this.seen(id, event.data.tenantId, at)
        : (known as EndUserRow);
    user.revision = recorded.revision;
    switch (event.type) {
      case 'EndUserRegistered':
        user.confidential = event.data.confidential;
        user.dataKeyId = event.data.dataKeyId;
        user.erased = false;
        break;
      case 'EndUserBlocked':
        user.state = 'blocked';
        user.blockedReason = event.data.reason;
        break;
      case 'EndUserUnblocked':
        user.state = event.data.stillBlocked === null ? 'active' : 'blocked';
        user.blockedReason = event.data.stillBlocked;
        break;
      case 'EndUserPromptRefused':
        user.refusedPrompts += 1;
        this.seen(id, user.tenantId, at);
        break;
      case 'EndUserErased':
        user.confidential = null;
        user.dataKeyId = null;
        user.erased = true;
        break;
      default:
        event satisfies never;
    }
  }
}

function newEndUser(id: string, tenantId: string, at: Date): EndUserRow {
  return {
    id,
    tenantId,
    confidential: null,
    dataKeyId: null,
    generations: 0,
    succeeded: 0,
    failed: 0,
    cancelled: 0,
    tokensCharged: 0n,
    refusedPrompts: 0,
    firstSeen: at,
    lastSeen: at,
    state: 'active',
    blockedReason: null,
    erased: false,
    revision: -1,
  };
}

/**
 * End users with what they asked for and what it cost. An end user's own stream and the streams of
 * the generations may come in any order to each other.
 */
export const endUsersProjector = tableProjector({
  name: 'end-users',
  categories: ['endUser', 'generation'],
  minimumIntervalMs: 50,
  rows,
  async project(events, sql, tables) {
    const facts = events
      .filter(({ stream, type }) => streamCategory(stream) === 'endUser' || OUTCOMES.has(type))
      .map((recorded) => ({
        recorded,
        id: streamId(recorded.stream),
        event: toDomainEvent(recorded),
      }));
    const batch = await EndUserBatch.load(sql, tables, facts);
    for (const fact of facts) batch.apply(fact);
    await batch.save(sql);
  },
});
