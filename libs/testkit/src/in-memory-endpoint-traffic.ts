import type {
  EndpointHealth,
  EndpointTraffic,
  LinedMessage,
  PlaceInLine,
} from '@imprest/application';
import { afterFailure, breakerState, closedBreaker, endpointBreakerRules } from '@imprest/domain';

interface Known {
  sequence: number;
  health: EndpointHealth;
  probeUntilMs: number;
  nextAtMs: number;
}

type Entry = LinedMessage & { readonly sequence: number; turnAtMs: number | null };

const healthy: EndpointHealth = { breaker: closedBreaker, failingSinceMs: null };
const RATE_CREDIT_MS = 100;

/** For one process. */
export class InMemoryEndpointTraffic implements EndpointTraffic {
  private readonly entries = new Map<string, Entry>();
  private readonly endpoints = new Map<string, Known>();

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
    const turnAtMs = isItsTurn ? this.nowMs() : null;
    this.entries.set(message.messageId, { ...message, sequence, turnAtMs });
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

  async health(endpointId: string): Promise<EndpointHealth> {
    return this.endpoints.get(endpointId)?.health ?? healthy;
  }

  async failing(): Promise<number> {
    return [...this.endpoints.values()].filter(({ health }) => health.failingSinceMs !== null)
      .length;
  }

  async failed(endpointId: string, nowMs: number): Promise<EndpointHealth> {
    const endpoint = this.endpoint(endpointId);
    const { breaker, failingSinceMs } = endpoint.health;
    endpoint.probeUntilMs = 0;
    endpoint.health = {
      breaker: afterFailure(breaker, nowMs, endpointBreakerRules),
      failingSinceMs: failingSinceMs ?? nowMs,
    };
    return endpoint.health;
  }

  async succeeded(endpointId: string): Promise<void> {
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

  async forget(endpointId: string): Promise<readonly LinedMessage[]> {
    this.endpoints.delete(endpointId);
    const own = [...this.entries.values()].filter((entry) => entry.endpointId === endpointId);
    for (const { messageId } of own) this.entries.delete(messageId);
    return own.filter(({ turnAtMs }) => turnAtMs === null).map(lined);
  }

  async close(): Promise<void> {}

  private endpoint(endpointId: string): Known {
    const known = this.endpoints.get(endpointId);
    if (known !== undefined) return known;
    const made = { sequence: 0, health: healthy, probeUntilMs: 0, nextAtMs: 0 };
    this.endpoints.set(endpointId, made);
    return made;
  }
}

function lined({ endpointId, messageId, tenantId, line }: Entry): LinedMessage {
  return { endpointId, messageId, tenantId, line };
}
