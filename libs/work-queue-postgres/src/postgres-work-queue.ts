import type {
  Lease,
  LeaseRef,
  LeaseRequest,
  QueueDepth,
  QueueLine,
  QueueStanding,
  SpentLease,
  TenantShare,
  WorkItem,
  WorkQueue,
} from '@imprest/application';
import { Pool } from 'pg';
import {
  checkItem,
  checkLeaseMs,
  checkLeaseRef,
  checkLeaseRequest,
  checkLimit,
  checkLines,
  checkName,
  checkReadyAt,
  checkShare,
  checkSpent,
  MAX_BATCH_ROWS,
} from './checks.js';
import { GroupCommit } from './group-commit.js';
import { Lane } from './lane.js';
import { lastMentions, lostOf, withoutRepeats } from './lease-refs.js';
import { firstMentions } from './parameters.js';
import { ReadyNotifications } from './ready-notifications.js';
import { type Extension, type Release, Statements } from './statements.js';

export interface PostgresWorkQueueOptions {
  readonly connectionString: string;
  /** Queues of one database are told apart by name: `jobs`, `webhooks`. */
  readonly queue: string;
  /** Rows that may wait for the lane, for each kind of call; more are rejected. 100,000 when absent. */
  readonly maxWaitingRows?: number;
  /** What a priority is worth for each step and unit of weight, in the unit of costs; 60,000 when absent. */
  readonly headStart?: number;
  /** Told about lost connections; they are opened again by themselves. */
  readonly onTrouble?: (error: Error) => void;
}

/** A minute of a GPU where costs are its milliseconds. */
const HEAD_START = 60_000;

/** A fair queue in one PostgreSQL schema; the README explains how it shares. */
export class PostgresWorkQueue implements WorkQueue {
  private readonly lane = new Lane();
  /** Its own, so that the server works on one batch while the answer to another is taken apart. */
  private readonly leaseLane = new Lane();
  private readonly enqueuing = this.grouped<WorkItem, void>(async (calls) => {
    await this.statements.enqueue(firstMentions(calls.flat()));
    return [];
  });
  private readonly extending = this.grouped<Extension, readonly LeaseRef[]>(async (calls) =>
    lostOf(calls, await this.statements.extend(lastMentions(calls.flat()))),
  );
  private readonly completing = this.grouped<SpentLease, readonly LeaseRef[]>(async (calls) => {
    const { first, repeated } = withoutRepeats(calls);
    const lost = lostOf(first, await this.statements.complete(first.flat()));
    return lost.map((own, index) => [...own, ...(repeated[index] as readonly LeaseRef[])]);
  });
  private readonly releasing = this.grouped<Release, void>(async (calls) => {
    await this.statements.release(withoutRepeats(calls).first.flat());
    return [];
  });
  private readonly removing = this.grouped<string, void>(async (calls) => {
    await this.statements.remove([...new Set(calls.flat())]);
    return [];
  });
  private readonly leasing: GroupCommit<LeaseRequest, readonly Lease[]>;
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly options: PostgresWorkQueueOptions,
    private readonly pool: Pool,
    private readonly statements: Statements,
    private readonly notifications: ReadyNotifications,
  ) {
    this.leasing = new GroupCommit(this.name, this.leaseLane, {
      commit: (requests) => this.statements.lease(requests),
      rowsOf: (request) => request.limit,
      fits: (first, request) =>
        areSame(first.lanes, request.lanes) && areSame(first.leftOut, request.leftOut),
      maxBatchRows: MAX_BATCH_ROWS,
      maxWaitingRows: this.maxWaitingRows,
    });
  }

  /**
   * @throws RangeError when the queue has no proper name
   * @throws Error when the server cannot be reached or has no such schema
   */
  static async connect(options: PostgresWorkQueueOptions): Promise<PostgresWorkQueue> {
    const { connectionString, queue, onTrouble = () => undefined } = options;
    checkName('the name of a queue', queue);
    const connection = {
      connectionString,
      application_name: `imprest work queue ${queue}`,
      connectionTimeoutMillis: 5_000,
      query_timeout: 30_000,
      keepAlive: true,
    };
    // One for each lane, one for questions.
    const pool = new Pool({ ...connection, max: 3 });
    pool.on('error', onTrouble);
    const statements = new Statements(pool, queue);
    const look = () => statements.look();
    try {
      await look();
    } catch (cause) {
      await pool.end();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`cannot open work queue ${queue}: ${reason}`, { cause });
    }
    const notifications = new ReadyNotifications({ queue, connection, look, onTrouble });
    return new PostgresWorkQueue(options, pool, statements, notifications);
  }

  /** @throws RangeError for an item out of bounds: none is queued then */
  async enqueue(items: readonly WorkItem[]): Promise<void> {
    for (const item of items) checkItem(item);
    await this.submit(this.enqueuing, items);
  }

  /** @throws RangeError for a limit above 1,024 and for what is out of bounds */
  async lease(request: LeaseRequest): Promise<readonly Lease[]> {
    this.refuseWhenClosed();
    checkLeaseRequest(request);
    return this.leasing.submit(request);
  }

  /** @throws RangeError for what is out of bounds */
  async extend(leases: readonly LeaseRef[], leaseMs: number): Promise<readonly LeaseRef[]> {
    checkLeaseMs(leaseMs);
    for (const lease of leases) checkLeaseRef(lease);
    const extensions = leases.map(({ id, fence }) => ({ id, fence, leaseMs }));
    return (await this.submit(this.extending, extensions)).flat();
  }

  /** @throws RangeError for what is out of bounds */
  async complete(leases: readonly SpentLease[]): Promise<readonly LeaseRef[]> {
    for (const lease of leases) checkSpent(lease);
    return (await this.submit(this.completing, leases)).flat();
  }

  /** @throws RangeError for what is out of bounds */
  async release(leases: readonly Release[]): Promise<void> {
    for (const lease of leases) {
      checkSpent(lease);
      checkReadyAt(lease.id, lease.readyAt);
    }
    await this.submit(this.releasing, leases);
  }

  /** @throws RangeError for what cannot be an id */
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) checkName('an item id', id);
    await this.submit(this.removing, ids);
  }

  /** @throws RangeError for a limit above 1,024 */
  async expired(limit: number): Promise<readonly Lease[]> {
    this.refuseWhenClosed();
    checkLimit(limit);
    return this.statements.expired(limit);
  }

  /** @throws RangeError for a limit above 1,024 and for what cannot be a worker's name */
  async heldBy(workerIds: readonly string[], limit: number): Promise<readonly Lease[]> {
    this.refuseWhenClosed();
    checkLimit(limit);
    for (const id of workerIds) checkName('the name of a worker', id);
    return workerIds.length === 0 ? [] : this.statements.heldBy(workerIds, limit);
  }

  async depth(): Promise<readonly QueueDepth[]> {
    this.refuseWhenClosed();
    return this.statements.depth();
  }

  /** @throws RangeError for a limit that is not 1 to 10,000 */
  async lines(limit: number): Promise<readonly QueueLine[]> {
    this.refuseWhenClosed();
    checkLines(limit);
    const { headStart = HEAD_START } = this.options;
    return this.statements.lines(limit, headStart);
  }

  async serving(): Promise<ReadonlyMap<string, number>> {
    this.refuseWhenClosed();
    return this.statements.serving();
  }

  onReady(listener: () => void): () => void {
    this.refuseWhenClosed();
    return this.notifications.add(listener);
  }

  async standing(id: string): Promise<QueueStanding | undefined> {
    this.refuseWhenClosed();
    checkName('an item id', id);
    return this.statements.standing(id);
  }

  /** @throws RangeError for what is out of bounds */
  async setShare(tenantId: string, share: TenantShare): Promise<void> {
    this.refuseWhenClosed();
    checkShare(tenantId, share);
    const { headStart = HEAD_START } = this.options;
    await this.statements.setShare(tenantId, share, share.priority * headStart);
  }

  /** Turns new calls away and answers those that wait. */
  close(): Promise<void> {
    this.closing ??= (async () => {
      await Promise.all([this.lane.idle(), this.leaseLane.idle()]);
      await this.notifications.close();
      await this.pool.end();
    })();
    return this.closing;
  }

  private get name(): string {
    return `work queue ${this.options.queue}`;
  }

  private get maxWaitingRows(): number {
    return this.options.maxWaitingRows ?? 100_000;
  }

  private refuseWhenClosed(): void {
    if (this.closing !== undefined) throw new Error(`${this.name} is closed`);
  }

  private grouped<Row, Answer>(
    commit: (calls: readonly (readonly Row[])[]) => Promise<readonly Answer[]>,
  ): GroupCommit<readonly Row[], Answer> {
    return new GroupCommit(this.name, this.lane, {
      commit,
      rowsOf: (call) => call.length,
      maxBatchRows: MAX_BATCH_ROWS,
      maxWaitingRows: this.maxWaitingRows,
    });
  }

  /** A long call goes in several statements, one after the other. */
  private async submit<Row, Answer>(
    group: GroupCommit<readonly Row[], Answer>,
    rows: readonly Row[],
  ): Promise<Answer[]> {
    this.refuseWhenClosed();
    const answers: Answer[] = [];
    for (let start = 0; start < rows.length; start += MAX_BATCH_ROWS) {
      answers.push(await group.submit(rows.slice(start, start + MAX_BATCH_ROWS)));
    }
    return answers;
  }
}

function areSame(
  some: readonly string[] | undefined,
  others: readonly string[] | undefined,
): boolean {
  if (some === undefined || others === undefined) return some === others;
  return some.length === others.length && some.every((name, index) => name === others[index]);
}
