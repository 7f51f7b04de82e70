import type {
  LeaseRef,
  LeaseRequest,
  SpentLease,
  TenantShare,
  WorkItem,
} from '@imprest/application';

/** Rows that one statement takes; a longer call is split. */
export const MAX_BATCH_ROWS = 1024;
const MAX_NAME_LENGTH = 200;
const MAX_LINES = 10_000;
const MAX_COST = 1e9;
const MAX_WEIGHT = 1000;
const MAX_CAP = 1_000_000;
const MAX_PRIORITY = 9;
const MAX_LANES = 1000;
const MAX_LEFT_OUT = 1000;
const MAX_LEASE_MS = 7 * 24 * 3_600_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a name must not have
const NAME = /^[^\u0000-\u001f]+$/;

function refuse(rule: string, value: unknown): never {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
  throw new RangeError(`${rule}, got ${shown}`);
}

export function checkName(what: string, value: string): void {
  if (value.length > MAX_NAME_LENGTH || !NAME.test(value)) {
    refuse(`${what} must be 1 to ${MAX_NAME_LENGTH} characters, none of control`, value);
  }
}

function checkNumber(what: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) refuse(`${what} must be ${least} to ${most}`, value);
}

function checkWhole(what: string, value: number, least: number, most: number): void {
  if (!Number.isSafeInteger(value)) refuse(`${what} must be a whole number`, value);
  checkNumber(what, value, least, most);
}

export function checkReadyAt(id: string, readyAt: Date | undefined): void {
  if (readyAt !== undefined && Number.isNaN(readyAt.getTime())) {
    refuse(`readyAt of ${id} must be a valid date`, readyAt);
  }
}

export function checkItem(item: WorkItem): void {
  checkName('an item id', item.id);
  checkName(`the tenant of ${item.id}`, item.tenantId);
  checkName(`the lane of ${item.id}`, item.lane);
  checkNumber(`the cost of ${item.id}`, item.cost, 1, MAX_COST);
  checkReadyAt(item.id, item.readyAt);
}

export function checkLeaseMs(leaseMs: number): void {
  checkNumber('leaseMs', leaseMs, 1, MAX_LEASE_MS);
}

export function checkLimit(limit: number): void {
  checkWhole('limit', limit, 1, MAX_BATCH_ROWS);
}

export function checkLines(limit: number): void {
  checkWhole('limit', limit, 1, MAX_LINES);
}

export function checkLeaseRequest(request: LeaseRequest): void {
  checkName('a worker id', request.workerId);
  checkLimit(request.limit);
  checkLeaseMs(request.leaseMs);
  const lanes = request.lanes ?? [];
  if (lanes.length > MAX_LANES) refuse(`lanes must be at most ${MAX_LANES}`, lanes.length);
  for (const lane of lanes) checkName('a lane', lane);
  const leftOut = request.leftOut ?? [];
  if (leftOut.length > MAX_LEFT_OUT) {
    refuse(`leftOut must be at most ${MAX_LEFT_OUT}`, leftOut.length);
  }
  for (const tenantId of leftOut) checkName('a tenant left out', tenantId);
}

export function checkLeaseRef(lease: LeaseRef): void {
  checkName('an item id', lease.id);
  checkWhole(`the fence of ${lease.id}`, lease.fence, 0, Number.MAX_SAFE_INTEGER);
}

export function checkSpent(lease: SpentLease): void {
  checkLeaseRef(lease);
  if (lease.cost !== undefined) checkNumber(`what ${lease.id} used`, lease.cost, 0, MAX_COST);
}

export function checkShare(tenantId: string, { weight, cap, priority }: TenantShare): void {
  checkName('a tenant id', tenantId);
  checkNumber(`the weight of ${tenantId}`, weight, 1 / MAX_WEIGHT, MAX_WEIGHT);
  if (cap !== null) checkWhole(`the cap of ${tenantId}`, cap, 1, MAX_CAP);
  checkWhole(`the priority of ${tenantId}`, priority, 0, MAX_PRIORITY);
}
