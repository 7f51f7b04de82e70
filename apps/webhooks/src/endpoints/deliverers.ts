import { randomUUID } from 'node:crypto';
import {
  type Deliverer,
  ENDPOINT_TRAFFIC,
  type EndpointTraffic,
  PeriodicTask,
} from '@imprest/application';
import { LOGGER } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { EndpointPlaces } from './endpoint-places.js';
import { shareOf } from './endpoint-shares.js';

const ATTEND_EVERY_MS = 1_000;
/** What was begun by then has ended before the others take this process for gone. */
const KNOWN_FOR_MS = 5_000;

/**
 * The processes that deliver, and which share of an endpoint's places is this one's. The shares of all together
 * are never more than its concurrency, not even while processes come and go: one that comes has none before every
 * other one has no more under way than its share beside it, and one that died is counted for 40 s.
 */
@Injectable()
export class Deliverers {
  private readonly id = `deliverer-${randomUUID()}`;
  private readonly attending: PeriodicTask;
  private readonly failed: (error: unknown) => void;
  private known: readonly Deliverer[] = [];
  private knownAtMs = Number.NEGATIVE_INFINITY;
  private makesRoomUpTo = 0;

  constructor(
    private readonly places: EndpointPlaces,
    @Inject(ENDPOINT_TRAFFIC) private readonly traffic: EndpointTraffic,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.failed = (err) => logger.warn({ err }, 'processes that deliver do not know of each other');
    this.attending = new PeriodicTask(ATTEND_EVERY_MS, () => this.attend(), this.failed);
  }

  start(): void {
    this.attending.start();
  }

  /** To be called once nothing is under way any more. */
  async stop(): Promise<void> {
    await this.attending.stop();
    this.knownAtMs = Number.NEGATIVE_INFINITY;
    await this.traffic.depart(this.id).catch(this.failed);
  }

  /** @param places of the endpoint over all processes */
  shareOf(endpointId: string, places: number): number {
    const isKnown = performance.now() - this.knownAtMs < KNOWN_FOR_MS;
    return isKnown && this.hasRoom() ? this.ownOf(endpointId, places) : 0;
  }

  /** Says what it has, then learns who else there is. */
  async attend(): Promise<void> {
    const asOf = performance.now();
    const underWay: Record<string, number> = {};
    let isWithin = true;
    for (const { endpointId, busy, most } of this.places.taken()) {
      underWay[endpointId] = busy;
      isWithin &&= this.known.length === 0 || busy <= this.ownOf(endpointId, most);
    }
    if (isWithin) this.makesRoomUpTo = Math.max(0, ...this.known.map(({ number }) => number));
    const { id, makesRoomUpTo } = this;
    this.known = await this.traffic.attend({ id, makesRoomUpTo, underWay });
    this.knownAtMs = asOf;
  }

  private hasRoom(): boolean {
    const own = this.known.find(({ id }) => id === this.id)?.number ?? Number.POSITIVE_INFINITY;
    return this.known.every(({ id, makesRoomUpTo }) => id === this.id || makesRoomUpTo >= own);
  }

  private ownOf(endpointId: string, places: number): number {
    const processes = this.known.map(({ id }) => id);
    return shareOf(this.id, processes, endpointId, places);
  }
}
