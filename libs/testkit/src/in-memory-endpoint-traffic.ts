import type {
  Attendance,
  Deliverer,
  EndpointCondition,
  EndpointHealth,
  EndpointTraffic,
  LinedMessage,
  PlaceInLine,
  WaitingBounds,
} from '@imprest/application';
import { afterFailure, breakerState, closedBreaker, endpointBreakerRules } from '@imprest/domain';

interface Known {
  sequence: number;
  health: EndpointHealth;
  lastFailedMs: number;
  probeUntilMs: number;
  nextAtMs: number;
}

type Entry = LinedMessage & {
  readonly sequence: number;
  readonly joinedAtMs: number;
  turnAtMs: number | null;
};
type Attending = Deliverer & Attendance & { readonly seenAtMs: number };

const healthy: EndpointHealth = { breaker: closedBreaker, failingSinceMs: null };
const RATE_CREDIT_MS = 100;
const GONE_AFTER_MS = 40_000;

/** For processes within one. */
export class InMemoryEndpointTraffic implements EndpointTraffic {
  private readonly entries = new Map<string, Entry>();
  private readonly endpoints = new Map<string, Known>();
  private readonly deliverers = new Map<string, Attending>();
  private attended = 0;

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  async join(message: LinedMessage): Promise<PlaceInLine> {
    const known = this.entries.get(message.messageId);
    if (known !== undefined) {
      return { sequence: known.sequence, isItsTurn: known.turnAtMs !== null };
    }
    const endpoint = this.endpoint(message.endpointId);
    endpoint.sequence += 1;
    const { sequence } = endpoint;
    const isItsTurn =
      message.line === null ||
      ![...this.entries.values()].some(({ line }) => line === message.line);
    const joinedAtMs = this.nowMs();
    const turnAtMs = isItsTurn ? joinedAtMs : null;
    this.entries.set(message.messageId, { ...message, sequence, joinedAtMs, turnAtMs });
    return { sequence, isItsTurn };
  }

  async leave(messageIds: readonly string[]): Promise<readonly LinedMessage[]> {
    const lines = new Set(messageIds.map((id) => this.entries.get(id)?.line ?? null));
    for (const id of messageIds) this.entries.delete(id);
    lines.delete(null);
    const next = [...lines].flatMap(
      (line) => [...this.entries.values()].find((entry) => entry.line === line) ?? [],
    );
    const turns = next.filter(({ turnAtMs }) => turnAtMs === null);
    for (const entry of turns) entry.turnAtMs = this.nowMs();
    return turns.map(lined);
  }

  async waiting(endpointId: string, behind: number, limit: number) {
    return [...this.entries.values()]
      .filter((one) => one.endpointId === endpointId && one.sequence > behind)
      .filter(({ turnAtMs }) => turnAtMs !== null)
      .slice(0, limit)
      .map((entry) => ({ ...lined(entry), sequence: entry.sequence }));
  }

  async overdue(limit: number): Promise<readonly LinedMessage[]> {
    const now = this.nowMs();
    const late = [...this.entries.values()]
      .filter(
        ({ line, turnAtMs }) => line !== null && turnAtMs !== null && turnAtMs <= now - 60_000,
      )
      .slice(0, limit);
    for (const entry of late) entry.turnAtMs = now;
    return late.map(lined);
  }

  async crowded(bounds: WaitingBounds) {
    const tenants = new Map(
      [...this.entries.values()].map((one) => [one.endpointId, one.tenantId]),
    );
    return [...tenants]
      .filter(([endpointId]) => this.beyond(endpointId, bounds).length > 0)
      .map(([endpointId, tenantId]) => ({ endpointId, tenantId }));
  }

  async overstaying(
    endpointId: string,
    bounds: WaitingBounds,
    limit: number,
  ): Promise<readonly LinedMessage[]> {
    return this.beyond(endpointId, bounds).slice(0, limit).map(lined);
  }

  async health(endpointId: string): Promise<EndpointHealth> {
    return this.endpoints.get(endpointId)?.health ?? healthy;
  }

  async conditions(
    endpointIds: readonly string[],
  ): Promise<ReadonlyMap<string, EndpointCondition>> {
    const known = endpointIds.filter((id) => this.endpoints.has(id));
    return new Map(known.map((id) => [id, this.condition(id)]));
  }

  async failing(): Promise<number> {
    return [...this.endpoints.values()].filter(({ health }) => health.failingSinceMs !== null)
      .length;
  }

  async failed(endpointId: string, nowMs: number): Promise<EndpointHealth> {
    const endpoint = this.endpoint(endpointId);
    const { breaker, failingSinceMs } = endpoint.health;
    endpoint.probeUntilMs = 0;
    endpoint.lastFailedMs = Math.max(endpoint.lastFailedMs, nowMs);
    endpoint.health = {
      breaker: afterFailure(breaker, nowMs, endpointBreakerRules),
      failingSinceMs: failingSinceMs ?? nowMs,
    };
    return endpoint.health;
  }

  async succeeded(successes: ReadonlyMap<string, number>): Promise<void> {
    for (const [endpointId, atMs] of successes) {
      if (this.endpoint(endpointId).lastFailedMs <= atMs) await this.heal(endpointId);
    }
  }

  async heal(endpointId: string): Promise<void> {
    const endpoint = this.endpoint(endpointId);
    endpoint.health = healthy;
    endpoint.probeUntilMs = 0;
  }

  async takeProbe(endpointId: string, nowMs: number, untilMs: number): Promise<boolean> {
    const endpoint = this.endpoint(endpointId);
    const isDue = breakerState(endpoint.health.breaker, nowMs) === 'half_open';
    if (!isDue || endpoint.probeUntilMs > nowMs) return false;
    endpoint.probeUntilMs = untilMs;
    return true;
  }

  async pace(endpointId: string, perSecond: number, nowMs: number): Promise<number> {
    const endpoint = this.endpoint(endpointId);
    if (endpoint.nextAtMs > nowMs) return endpoint.nextAtMs - nowMs;
    endpoint.nextAtMs = Math.max(endpoint.nextAtMs, nowMs - RATE_CREDIT_MS) + 1_000 / perSecond;
    return 0;
  }

  async attend(attendance: Attendance): Promise<readonly Deliverer[]> {
    const now = this.nowMs();
    for (const { id, seenAtMs } of this.deliverers.values()) {
      if (seenAtMs < now - GONE_AFTER_MS) this.deliverers.delete(id);
    }
    const { id } = attendance;
    const number = this.deliverers.get(id)?.number ?? ++this.attended;
    this.deliverers.set(id, { ...attendance, number, seenAtMs: now });
    return [...this.deliverers.values()].map(({ id, number, makesRoomUpTo }) => ({
      ...{ id, number, makesRoomUpTo },
    }));
  }

  async depart(delivererId: string): Promise<void> {
    this.deliverers.delete(delivererId);
  }

  async forget(endpointId: string): Promise<readonly LinedMessage[]> {
    this.endpoints.delete(endpointId);
    const own = [...this.entries.values()].filter((entry) => entry.endpointId === endpointId);
    for (const { messageId } of own) this.entries.delete(messageId);
    return own.filter(({ turnAtMs }) => turnAtMs === null).map(lined);
  }

  async close(): Promise<void> {}

  private beyond(endpointId: string, { beforeMs, most }: WaitingBounds): readonly Entry[] {
    const own = [...this.entries.values()].filter((entry) => entry.endpointId === endpointId);
    return own.filter(
      ({ joinedAtMs }, place) => joinedAtMs < beforeMs || place < own.length - most,
    );
  }

  private condition(endpointId: string): EndpointCondition {
    const own = [...this.entries.values()].filter((entry) => entry.endpointId === endpointId);
    const underWay = [...this.deliverers.values()].reduce(
      (sum, deliverer) => sum + (deliverer.underWay[endpointId] ?? 0),
      0,
    );
    const waitingSinceMs = own[0]?.joinedAtMs ?? null;
    const { health } = this.endpoint(endpointId);
    return { ...health, waiting: own.length, waitingSinceMs, underWay };
  }

  private endpoint(endpointId: string): Known {
    const known = this.endpoints.get(endpointId);
    if (known !== undefined) return known;
    const made = { sequence: 0, health: healthy, lastFailedMs: 0, probeUntilMs: 0, nextAtMs: 0 };
    this.endpoints.set(endpointId, made);
    return made;
  }
}

function lined({ endpointId, messageId, tenantId, line }: Entry): LinedMessage {
  return { endpointId, messageId, tenantId, line };
}
