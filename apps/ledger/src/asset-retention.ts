import {
  CLOCK,
  type Clock,
  type CommandContext,
  ConsentEraser,
  EncryptedAssets,
  eraseImage,
  PeriodicTask,
  StoredReferences,
  WithheldOutputs,
  XAVIRA_DIALECT,
} from '@imprest/application';
import { CONFIG, type Config, LOGGER } from '@imprest/platform';
import { AssetQueries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

const context: CommandContext = {
  correlationId: 'asset-retention',
  causationId: 'asset-retention',
  actor: { kind: 'system', id: 'asset-retention' },
};

const EVERY_MS = 600_000;
const DAY_MS = 86_400_000;
const IMAGES_AT_ONCE = 500;
/** Dialects that promise URLs for good: what they made is erased when somebody deletes it. */
const KEPT = [XAVIRA_DIALECT];

/** Erases images, uploaded references and withheld outputs whose time is over: the key first, then the blob. The record, the books and the fact of a consent stay. */
@Injectable()
export class AssetRetention {
  private readonly task = new PeriodicTask(EVERY_MS, () => this.sweep(), this.report.bind(this));

  constructor(
    private readonly queries: AssetQueries,
    private readonly assets: EncryptedAssets,
    private readonly references: StoredReferences,
    private readonly withheld: WithheldOutputs,
    private readonly consents: ConsentEraser,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.task.startLater();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  async sweep(): Promise<void> {
    const age = this.config.assetRetentionDays * DAY_MS;
    const now = this.clock.now();
    const storedBefore = new Date(now.getTime() - age);
    await this.withheld.eraseExpired(now);
    await this.references.eraseUploadedBefore(storedBefore, (id) =>
      this.consents.eraseText(id, 'the time of the reference was over', context),
    );
    for (;;) {
      const due = await this.queries.storedBefore(storedBefore, IMAGES_AT_ONCE, KEPT);
      for (const image of due) await eraseImage(this.assets, image);
      if (due.length > 0) await this.queries.markErased(due.map(({ assetId }) => assetId));
      if (due.length < IMAGES_AT_ONCE) return;
    }
  }

  private report(error: unknown): void {
    this.logger.warn({ err: error }, 'images could not be swept');
  }
}
