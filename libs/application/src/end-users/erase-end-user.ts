import { domainError } from '@imprest/domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { endUserStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { EndUserDirectory } from './end-user-directory.js';
import { EndUserEraser } from './end-user-eraser.js';

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
    private readonly eraser: EndUserEraser,
  ) {}

  /**
   * Safe to repeat: whatever came in or was left over since is erased then.
   * @throws DomainFailure not_found
   */
  async execute({ tenantId, email, context }: EraseEndUser): Promise<{ deleted: number }> {
    const id = this.directory.pseudonym(tenantId, email);
    const command = { type: 'EraseEndUser', reason: 'deleted by the tenant' } as const;
    const result = await this.runner.run(endUserStream, id, command, context);
    this.directory.forget(tenantId, email);
    if (result.kind === 'rejected') {
      throw new DomainFailure(domainError('not_found', 'there is no such end user'));
    }
    const deleted = await this.eraser.eraseGenerations(tenantId, id, context);
    await this.eraser.destroyRegistrations(id);
    return { deleted };
  }
}
