import {
  EVENT_STORE,
  type EventStore,
  type GenerationRequestInput,
  type GenerationView,
  loadGeneration,
  SubmitGeneration,
  type SubmittedGeneration,
} from '@imprest/application';
import {
  answerRateVerdict,
  CONFIG,
  type Config,
  type Dialect,
  Metrics,
  RequestRates,
} from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf, tenantContext } from '../http/context.js';
import { baseUrl, idempotencyKey } from '../http/request-headers.js';
import { GenerationFeed } from '../progress/generation-feed.js';
import { waitForOutcome } from '../progress/wait-for-outcome.js';

/** What every dialect does with a request for images, whatever it looks like. */
@Injectable()
export class Submissions {
  constructor(
    private readonly commands: CommandBus,
    private readonly feed: GenerationFeed,
    private readonly metrics: Metrics,
    private readonly rates: RequestRates,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Says in the answer's headers when the Idempotency-Key was used before. @throws DomainFailure */
  async submit(
    dialect: Dialect,
    input: GenerationRequestInput,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<SubmittedGeneration> {
    const { tenantId, apiKeyId, models } = principalOf(request);
    if (input.video !== undefined) await this.countVideo(dialect, request, reply);
    const submitter = {
      tenantId,
      apiKeyId,
      models,
      dialect: dialect.name,
      idempotencyKey: idempotencyKey(request),
      baseUrl: baseUrl(request, this.config.publicUrl),
    };
    const command = new SubmitGeneration(submitter, input, tenantContext(request));
    const submitted = await this.commands.execute(command);
    if (submitted.replayed) reply.header('idempotency-replayed', 'true');
    else this.metrics.accepted.inc();
    return submitted;
  }

  /** A route that makes images as well has counted it among those. @throws DomainFailure rate_limited */
  private async countVideo(
    { name }: Dialect,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { access } = request.routeOptions.config;
    if (access?.kind !== 'tenant' || access.bucket === 'video') return;
    answerRateVerdict(await this.rates.take(principalOf(request), 'video', name), reply);
  }

  /** The generation once it has ended; undefined when it has not in `seconds`, or nobody listens any more. */
  async outcome(
    id: string,
    reply: FastifyReply,
    seconds = this.config.syncWaitSeconds,
  ): Promise<GenerationView | undefined> {
    if (!(await waitForOutcome(this.feed, id, seconds, reply))) return undefined;
    return loadGeneration(this.store, id);
  }
}
