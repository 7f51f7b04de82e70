import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { ConsentEraser } from './consent-eraser.js';
import { noSuchReference } from './reference-view.js';
import { StoredReferences } from './stored-references.js';

/** The image goes, and with it the personal texts of its consent. */
export class EraseReference extends Command<void> {
  constructor(
    readonly tenantId: string,
    readonly referenceId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EraseReference)
export class EraseReferenceHandler implements ICommandHandler<EraseReference> {
  constructor(
    private readonly references: StoredReferences,
    private readonly eraser: ConsentEraser,
  ) {}

  /** @throws DomainFailure not_found */
  async execute({ tenantId, referenceId: id, context }: EraseReference): Promise<void> {
    if (!(await this.references.has(tenantId, id))) throw noSuchReference(id);
    // Texts first: a crash in between leaves an image, which whoever repeats the call still finds.
    await this.eraser.eraseText(id, 'the reference was erased by the tenant', context);
    await this.references.erase(tenantId, id);
  }
}
