import { ENDPOINT_TRAFFIC, type EndpointTraffic, PeriodicTask } from '@imprest/application';
import { LOGGER } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

const TELL_EVERY_MS = 250;

/**
 * Successes at endpoints of which this process knows no failure: another process may have met one since it looked.
 * They are told in portions, so that a healthy endpoint costs no statement at its attempts and a row of failures
 * is one over all processes.
 */
@Injectable()
export class EndpointSuccesses {
  private readonly telling: PeriodicTask;
  private noted = new Map<string, number>();

  constructor(
    @Inject(ENDPOINT_TRAFFIC) private readonly traffic: EndpointTraffic,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.telling = new PeriodicTask(
      TELL_EVERY_MS,
      () => this.tell(),
      (err) => logger.warn({ err }, 'successes of endpoints could not be told'),
    );
  }

  start(): void {
    this.telling.start();
  }

  stop(): Promise<void> {
    return this.telling.stop();
  }

  note(endpointId: string, atMs: number): void {
    this.noted.set(endpointId, atMs);
  }

  /** What could not be told is of no use later: the next success says the same. */
  async tell(): Promise<void> {
    const { noted } = this;
    if (noted.size === 0) return;
    this.noted = new Map();
    await this.traffic.succeeded(noted);
  }
}
