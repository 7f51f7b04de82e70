import type {
  Lease,
  LeaseRef,
  LeaseRequest,
  QueueDepth,
  QueueLine,
  QueueStanding,
  SpentLease,
  StandingState,
  TenantShare,
  WorkItem,
} from '@imprest/application';
import type { Pool } from 'pg';
import { dealtOut, linesOf, numberArray, textArray } from './parameters.js';

export type Extension = LeaseRef & { readonly leaseMs: number };
export type Release = SpentLease & { readonly readyAt?: Date };

interface LeaseRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly lane: string;
  readonly fence: number;
  readonly worker_id: string;
  readonly leased_until_ms: number;
}

interface DepthRow extends Omit<QueueDepth, 'oldestReadySeconds' | 'readyCost'> {
  readonly oldest_ready_seconds: number;
  readonly ready_cost: number;
}

interface LineRow extends DepthRow {
  readonly tenant_id: string;
  readonly weight: number;
  readonly cap: number | null;
  readonly head_start: number;
}

interface StandingRow {
  readonly tenant_id: string;
  readonly lane: string;
  readonly state: StandingState;
  readonly ready_ms: number;
  readonly cost: number;
  readonly place: number;
  readonly cost_before: number;
  readonly share: number;
  readonly at_cap: boolean;
  readonly serving: number;
  readonly exact: boolean;
}

/** A text array is sent as one string: its elements have no control characters. */
const texts = (parameter: number) => `string_to_array($${parameter}, e'\\x1f')`;

const ENQUEUE = `select work_queue.enqueue(
  $1, ${texts(2)}, ${texts(3)}, $4, ${texts(5)}, $6, $7, $8)`;
const LEASE = `select * from work_queue.lease($1, ${texts(2)}, ${texts(3)}, $4, $5, ${texts(6)})`;
const EXTEND = `select * from work_queue.extend($1, ${texts(2)}, $3, $4)`;
const COMPLETE = `select * from work_queue.complete($1, ${texts(2)}, $3, $4)`;
const RELEASE = `select work_queue.release($1, ${texts(2)}, $3, $4, $5)`;
const REMOVE = `select work_queue.remove($1, ${texts(2)})`;
const EXPIRED = 'select * from work_queue.expired($1, $2)';
const HELD_BY = `select * from work_queue.held_by($1, ${texts(2)}, $3)`;
const DEPTH = 'select * from work_queue.depth($1)';
const LINES = 'select * from work_queue.lines($1, $2)';
const SERVING = 'select * from work_queue.serving($1)';
const LOOK = 'select * from work_queue.look($1)';
const STANDING = 'select * from work_queue.standing($1, $2)';
const SET_SHARE = 'select work_queue.set_share($1, $2, $3, $4, $5)';

function leaseOf(row: LeaseRow, workerId: string): Lease {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    lane: row.lane,
    fence: row.fence,
    workerId,
    leasedUntil: new Date(row.leased_until_ms),
  };
}

/** The functions of the schema, one round trip each. */
export class Statements {
  constructor(
    private readonly pool: Pool,
    private readonly queue: string,
  ) {}

  async enqueue(items: readonly WorkItem[]): Promise<void> {
    const { lines, lineOf } = linesOf(items);
    await this.run('enqueue', ENQUEUE, [
      textArray(lines.map((line) => line.tenantId)),
      textArray(lines.map((line) => line.lane)),
      numberArray(lines.map((line) => line.meanCost)),
      textArray(items.map((item) => item.id)),
      numberArray(lineOf),
      numberArray(items.map((item) => item.cost)),
      numberArray(items.map((item) => item.readyAt?.getTime())),
    ]);
  }

  /** @param requests all serve the same lanes and leave the same tenants out */
  async lease(requests: readonly LeaseRequest[]): Promise<readonly (readonly Lease[])[]> {
    const { lanes, leftOut = [] } = requests[0] as LeaseRequest;
    const rows = await this.run<LeaseRow>('lease', LEASE, [
      lanes === undefined ? null : textArray(lanes),
      textArray(requests.map((request) => request.workerId)),
      numberArray(requests.map((request) => request.limit)),
      numberArray(requests.map((request) => request.leaseMs)),
      textArray(leftOut),
    ]);
    return dealtOut(requests, rows).map((own, index) => {
      const { workerId } = requests[index] as LeaseRequest;
      return own.map((row) => leaseOf(row, workerId));
    });
  }

  async extend(extensions: readonly Extension[]): Promise<readonly LeaseRef[]> {
    return this.run<LeaseRef>('extend', EXTEND, [
      ...references(extensions),
      numberArray(extensions.map((extension) => extension.leaseMs)),
    ]);
  }

  async complete(leases: readonly SpentLease[]): Promise<readonly LeaseRef[]> {
    return this.run<LeaseRef>('complete', COMPLETE, [...references(leases), costsOf(leases)]);
  }

  async release(leases: readonly Release[]): Promise<void> {
    await this.run('release', RELEASE, [
      ...references(leases),
      numberArray(leases.map((lease) => lease.readyAt?.getTime())),
      costsOf(leases),
    ]);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.run('remove', REMOVE, [textArray(ids)]);
  }

  async expired(limit: number): Promise<readonly Lease[]> {
    const rows = await this.run<LeaseRow>('expired', EXPIRED, [limit]);
    return rows.map((row) => leaseOf(row, row.worker_id));
  }

  async heldBy(workerIds: readonly string[], limit: number): Promise<readonly Lease[]> {
    const rows = await this.run<LeaseRow>('held_by', HELD_BY, [textArray(workerIds), limit]);
    return rows.map((row) => leaseOf(row, row.worker_id));
  }

  async depth(): Promise<readonly QueueDepth[]> {
    return (await this.run<DepthRow>('depth', DEPTH, [])).map(depthOf);
  }

  /** @param headStart what a priority is worth for each step */
  async lines(limit: number, headStart: number): Promise<readonly QueueLine[]> {
    const rows = await this.run<LineRow>('lines', LINES, [limit]);
    return rows.map(({ tenant_id, weight, cap, head_start, ...depth }) => ({
      tenantId: tenant_id,
      ...depthOf(depth),
      share: { weight, cap, priority: Math.round(head_start / headStart) },
    }));
  }

  async serving(): Promise<ReadonlyMap<string, number>> {
    type Row = { readonly tenant_id: string; readonly leased: number };
    const rows = await this.run<Row>('serving', SERVING, []);
    return new Map(rows.map(({ tenant_id, leased }) => [tenant_id, leased]));
  }

  /** Makes ready what is due; answers what there is to wait for. */
  async look(): Promise<{ readonly ready: boolean; readonly nextReadyMs: number | undefined }> {
    type Row = { readonly ready: boolean; readonly next_ready_ms: number | null };
    const [row] = await this.run<Row>('look', LOOK, []);
    return { ready: row?.ready ?? false, nextReadyMs: row?.next_ready_ms ?? undefined };
  }

  async standing(id: string): Promise<QueueStanding | undefined> {
    const [row] = await this.run<StandingRow>('standing', STANDING, [id]);
    if (row === undefined) return undefined;
    const { tenant_id, ready_ms, place, cost_before, at_cap, ...others } = row;
    return {
      ...others,
      tenantId: tenant_id,
      readyAt: new Date(ready_ms),
      position: place,
      costBefore: cost_before,
      atCap: at_cap,
    };
  }

  /** @param headStart in the unit of costs, for a weight of 1 */
  async setShare(
    tenantId: string,
    { weight, cap }: Pick<TenantShare, 'weight' | 'cap'>,
    headStart: number,
  ): Promise<void> {
    await this.run('set_share', SET_SHARE, [tenantId, weight, cap, headStart]);
  }

  private async run<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    const query = { name: `work_queue.${name}`, text, values: [this.queue, ...values] };
    return (await this.pool.query(query)).rows;
  }
}

function depthOf({ oldest_ready_seconds, ready_cost, ...counts }: DepthRow): QueueDepth {
  return { ...counts, oldestReadySeconds: oldest_ready_seconds, readyCost: ready_cost };
}

function references(leases: readonly LeaseRef[]): string[] {
  return [
    textArray(leases.map((lease) => lease.id)),
    numberArray(leases.map((lease) => lease.fence)),
  ];
}

/** Null when all used what was expected. */
function costsOf(leases: readonly SpentLease[]): string | null {
  if (leases.every(({ cost }) => cost === undefined)) return null;
  return numberArray(leases.map(({ cost }) => cost));
}
