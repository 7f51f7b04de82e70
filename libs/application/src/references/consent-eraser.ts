import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { referenceConsentStream } from '../deciding/stream-types.js';
import type { DataKeys } from '../ports/data-keys.js';
import { DATA_KEYS } from '../ports/tokens.js';

/** Destroys what a consent leaves behind, after the fact was recorded. Safe to repeat. */
@Injectable()
export class ConsentEraser {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
  ) {}

  /** The personal texts go; that there was consent stays known. Nothing happens where there was none. */
  async eraseText(referenceId: string, reason: string, context: CommandContext): Promise<void> {
    const command = { type: 'EraseConsentText', reason } as const;
    await this.runner.run(referenceConsentStream, referenceId, command, context);
    await this.destroyContent(referenceId);
  }

  /** Of the latest withdrawal or erasure. */
  async destroyContent(referenceId: string): Promise<void> {
    const ended = await this.runner.read(referenceConsentStream, referenceId, (state) => [
      ...state.endedKeyIds,
    ]);
    await this.destroy(ended);
  }

  async destroy(dataKeyIds: readonly string[]): Promise<void> {
    if (dataKeyIds.length > 0) await this.dataKeys.destroy(dataKeyIds);
  }
}
