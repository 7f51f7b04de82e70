import { PeriodicTask } from '@imprest/application';
import { DATA_SOURCE, LOGGER } from '@imprest/platform';
import {
  JournalBehind,
  LedgerSealing,
  namePrefixesOfSnapshots,
  SealingRefused,
} from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';

const EVERY_MS = 60_000;

/** Seals each day once it is over, and lets snapshots name what they replace. */
@Injectable()
export class LedgerSealer {
  private readonly task = new PeriodicTask(EVERY_MS, () => this.look(), this.report.bind(this));

  constructor(
    private readonly sealing: LedgerSealing,
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    if (!this.sealing.hasKey) {
      this.logger.warn('the ledger is not sealed: LEDGER_SEAL_KEY is not set (docs/proofs.md)');
    }
    this.task.startLater();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  async look(): Promise<void> {
    await namePrefixesOfSnapshots(this.dataSource);
    const seal = await this.sealing.sealDay();
    if (seal === undefined) return;
    const { number, events, accounts, upTo, digest } = seal;
    this.logger.info({ number, events, accounts, upTo, digest }, 'the ledger was sealed');
  }

  /** Another process that seals, or a journal that comes along later, is no fault. */
  private report(error: unknown): void {
    if (error instanceof JournalBehind || error instanceof SealingRefused) {
      this.logger.warn({ err: error }, 'the ledger was not sealed');
    } else {
      this.logger.error({ err: error }, 'the ledger could not be sealed');
    }
  }
}
