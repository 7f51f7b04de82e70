import { Injectable } from '@nestjs/common';

interface Endpoint {
  busy: number;
  /** Places that it has over all processes, as its owner wants it. */
  most: number;
  /** Milliseconds that a delivery to it takes, lately. */
  takesMs: number;
  /** When the place after those that were promised is free. */
  nextFreeMs: number;
}

/** What is put off is looked at again by then, however many there are before it. */
const LONGEST_PUT_OFF_MS = 300_000;
const SHORTEST_PUT_OFF_MS = 50;
const FIRST_GUESS_MS = 200;
/** Share of the latest delivery in what they take. */
const WEIGHT = 0.2;

/**
 * Deliveries under way to each endpoint. What finds no place is told when to come again, one after the other as
 * places become free: whatever waits for a slow endpoint holds no place of the process and is not looked at
 * more often than it must.
 */
@Injectable()
export class EndpointPlaces {
  private readonly endpoints = new Map<string, Endpoint>();

  /** @param share of the places of the endpoint that is this process's */
  take(endpointId: string, most: number, share = most): boolean {
    const endpoint = this.endpoints.get(endpointId);
    if ((endpoint?.busy ?? 0) >= share) return false;
    if (endpoint === undefined) {
      const fresh = { busy: 1, most, takesMs: FIRST_GUESS_MS, nextFreeMs: 0 };
      this.endpoints.set(endpointId, fresh);
      return true;
    }
    endpoint.busy += 1;
    endpoint.most = most;
    return true;
  }

  /** Places that are taken, and how many there are over all processes. */
  *taken(): Generator<{ readonly endpointId: string } & Pick<Endpoint, 'busy' | 'most'>> {
    for (const [endpointId, { busy, most }] of this.endpoints) {
      if (busy > 0) yield { endpointId, busy, most };
    }
  }

  /** Whether somebody was told to come again later. */
  isSought(endpointId: string, nowMs: number): boolean {
    return (this.endpoints.get(endpointId)?.nextFreeMs ?? 0) > nowMs;
  }

  /** @param elapsedMs null when nothing was delivered */
  giveBack(endpointId: string, elapsedMs: number | null, nowMs: number): void {
    const endpoint = this.endpoints.get(endpointId);
    if (endpoint === undefined || endpoint.busy === 0) {
      throw new Error(`${endpointId} holds no place`);
    }
    endpoint.busy -= 1;
    if (elapsedMs !== null) endpoint.takesMs += WEIGHT * (elapsedMs - endpoint.takesMs);
    if (endpoint.busy === 0 && endpoint.nextFreeMs <= nowMs) this.endpoints.delete(endpointId);
  }

  /** When to come again, if `most` of them are under way at a time. */
  putOff(endpointId: string, most: number, nowMs: number): number {
    const takesMs = this.endpoints.get(endpointId)?.takesMs ?? FIRST_GUESS_MS;
    return this.promise(endpointId, takesMs / most, nowMs);
  }

  /** When to come again, if one begins in so many milliseconds. */
  promise(endpointId: string, intervalMs: number, nowMs: number): number {
    const endpoint = this.endpoints.get(endpointId);
    const from = Math.max(nowMs + SHORTEST_PUT_OFF_MS, endpoint?.nextFreeMs ?? 0);
    const at = Math.min(from, nowMs + LONGEST_PUT_OFF_MS);
    if (endpoint !== undefined) endpoint.nextFreeMs = at + intervalMs;
    return at;
  }
}
