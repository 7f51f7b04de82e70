import { domainError } from '@imprest/domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { endUserStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { EndUserDirectory } from './end-user-directory.js';

/** Refuses, or again accepts, requests made for an end user. Safe to repeat. */
export class BlockEndUser extends Command<void> {
  constructor(
    readonly tenantId: string,
    readonly email: string,
    readonly blocked: boolean,
    readonly reason: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(BlockEndUser)
export class BlockEndUserHandler implements ICommandHandler<BlockEndUser> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly directory: EndUserDirectory,
  ) {}

  /** @throws DomainFailure not_found; forbidden when moderation has blocked, and the tenant has not */
  async execute({ tenantId, email, blocked, reason, context }: BlockEndUser): Promise<void> {
    const id = this.directory.pseudonym(tenantId, email);
    const command = { type: blocked ? 'BlockEndUser' : 'UnblockEndUser', reason } as const;
    const result = await this.runner.run(endUserStream, id, command, context);
    this.directory.forget(tenantId, email);
    if (result.kind === 'rejected') {
      if (result.error.code === 'forbidden') throw new DomainFailure(result.error);
      throw new DomainFailure(domainError('not_found', 'there is no such end user'));
    }
  }
}
