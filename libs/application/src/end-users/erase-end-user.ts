import { domainError } from '@imprest/domain';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { endUserStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { GenerationEraser } from '../generations/erase-generation.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { GenerationIndex } from '../ports/generation-index.js';
import { DATA_KEYS, GENERATION_INDEX } from '../ports/tokens.js';
import { EndUserDirectory } from './end-user-directory.js';

const PAGE = 100;

/** Erases an end user's generations and e-mail. A block stays: it hangs on the pseudonym. */
export class EraseEndUser extends Command<{ readonly deleted: number }> {
  constructor(
    readonly tenantId: string,
    readonly email: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EraseEndUser)
export class EraseEndUserHandler implements ICommandHandler<EraseEndUser> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly directory: EndUserDirectory,
    private readonly eraser: GenerationEraser,
    @Inject(GENERATION_INDEX) private readonly index: GenerationIndex,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
  ) {}

  /** @throws DomainFailure not_found */
  async execute({ tenantId, email, context }: EraseEndUser): Promise<{ deleted: number }> {
    const id = this.directory.pseudonym(tenantId, email);
    const { registered, dataKeyId } = await this.runner.read(endUserStream, id, (state) => ({
      ...state,
    }));
    if (!registered) {
      throw new DomainFailure(domainError('not_found', 'there is no such end user'));
    }
    const deleted = await this.eraseGenerations(tenantId, id, context);
    const command = { type: 'EraseEndUser', reason: 'deleted by the tenant' } as const;
    await this.runner.run(endUserStream, id, command, context);
    if (dataKeyId !== null) await this.dataKeys.destroy([dataKeyId]);
    this.directory.forget(tenantId, email);
    return { deleted };
  }

  private async eraseGenerations(
    tenantId: string,
    endUserId: string,
    context: CommandContext,
  ): Promise<number> {
    let deleted = 0;
    let cursor: string | undefined;
    do {
      const page = await this.index.list({
        tenantId,
        endUserId,
        limit: PAGE,
        cursor,
        expiredBefore: new Date(0),
      });
      for (const view of page.items) {
        await this.eraser.erase(view, 'end user deleted by the tenant', context);
        deleted += 1;
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return deleted;
  }
}
