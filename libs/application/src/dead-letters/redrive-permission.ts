import { domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import { EndUserDirectory } from '../end-users/end-user-directory.js';
import { type ConfidentialInput, openInputs } from '../generations/confidential-input.js';
import type { GenerationView } from '../generations/generation-view.js';
import { judgePrompt, refusedContent } from '../moderation/index.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import type { Moderator } from '../ports/moderator.js';
import { CLOCK, DATA_KEYS, MODEL_CATALOGUE, MODERATOR } from '../ports/tokens.js';
import { isReferenceId, referenceProblem, StoredReferences } from '../references/index.js';

const refused = (message: string) => new DomainFailure(domainError('conflict', message));

/** Whether work that was asked for some time ago may still be done: what was allowed then may not be any more. */
@Injectable()
export class RedrivePermission {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly endUsers: EndUserDirectory,
    private readonly references: StoredReferences,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue,
    @Inject(MODERATOR) private readonly moderator: Moderator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What the request says, for it to be said again.
   * @throws DomainFailure conflict when its content was erased or its model is not sold; forbidden for a blocked end
   * user; validation_error for a reference that is gone; content_policy
   */
  async demand(view: GenerationView, context: CommandContext): Promise<ConfidentialInput> {
    const model = this.catalogue.resolve(view.model);
    if (!model?.enabled) throw refused(`model ${view.model} is not sold any more`);
    const input = view.erased ? undefined : (await openInputs(this.dataKeys, [view])).get(view.id);
    if (input === undefined) throw refused(`the content of ${view.id} was erased`);
    const endUser = await this.endUsers.resolve(view.tenantId, input.endUserEmail, context);
    if (endUser.blocked !== null) {
      throw new DomainFailure(domainError('forbidden', 'its end user is blocked'));
    }
    await this.checkReferences(view.tenantId, input.references);
    const adultsOnly = input.character !== undefined;
    const subject = { prompt: input.prompt, moderationClass: model.moderation, adultsOnly };
    const verdict = await judgePrompt(this.moderator, subject);
    if (verdict.outcome !== 'allow') throw refusedContent('the prompt', verdict.category);
    return input;
  }

  private async checkReferences(tenantId: string, ids: readonly string[]): Promise<void> {
    const { runner, references } = this;
    const now = this.clock.now().toISOString();
    for (const [index, id] of ids.entries()) {
      if (!isReferenceId(id)) continue;
      const asked = { field: `references[${index}]`, id, now };
      const problem = await referenceProblem({ runner, references }, tenantId, asked);
      if (problem !== undefined) throw new DomainFailure(problem);
    }
  }
}
