import type { DomainError } from '@imprest/domain';
import { Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DomainFailure } from '../domain-failure.js';
import { DeadLetterRedrive, type RedrivenGeneration } from './redrive-dead-letter.js';

export interface RefusedRedrive {
  readonly redriveOf: string;
  readonly error: Pick<DomainError, 'code' | 'message'>;
}

export interface RedriveReport {
  readonly redriven: readonly RedrivenGeneration[];
  /** Each for a reason of its own: the others go on. */
  readonly refused: readonly RefusedRedrive[];
}

/** Does many dead letters once more, one after the other: one account may hold for all of them. */
@Injectable()
export class RedriveInBulk {
  constructor(private readonly dead: DeadLetterRedrive) {}

  async redrive(
    ids: readonly string[],
    reason: string,
    context: CommandContext,
  ): Promise<RedriveReport> {
    const redriven: RedrivenGeneration[] = [];
    const refused: RefusedRedrive[] = [];
    for (const id of new Set(ids)) {
      try {
        redriven.push(await this.dead.execute({ generationId: id, reason, context }));
      } catch (error) {
        if (!(error instanceof DomainFailure)) throw error;
        const { code, message } = error.error;
        refused.push({ redriveOf: id, error: { code, message } });
      }
    }
    return { redriven, refused };
  }
}
