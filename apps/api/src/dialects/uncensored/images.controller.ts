import {
  EVENT_STORE,
  type EventStore,
  loadGeneration,
  MODEL_CATALOGUE,
  type ModelCatalogue,
} from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { Describes, ForTenant } from '@imprest/platform';
import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../http/context.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { uncensoredImageOperations } from '../../openapi/operations/uncensored.js';
import { endUserOfRequest } from '../../submissions/end-user-of-request.js';
import { Submissions } from '../../submissions/submissions.js';
import { UNCENSORED } from './dialect.js';
import { toAcceptedJob, toInput, toOutcome } from './mapping.js';
import { ImageBody } from './requests.js';

const imageBody = schemaFromClass(ImageBody);

@Controller('api/v1/images/generations')
@Describes(uncensoredImageOperations)
export class UncensoredImagesController {
  constructor(
    private readonly submissions: Submissions,
    private readonly records: GenerationRecords,
    @Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** The image, unless a callback URL is given: then the job, at once. */
  @Post()
  @ForTenant('generations:write', 'images', UNCENSORED)
  @RouteSchema({ body: imageBody })
  async generate(
    @Body() body: ImageBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const endUser = endUserOfRequest(body.user, principalOf(request).apiKeyId);
    const input = toInput(body, endUser, this.catalogue);
    const { id } = await this.submissions.submit(UNCENSORED, input, request, reply);
    const ended = input.webhookUrl === null ? await this.submissions.outcome(id, reply) : undefined;
    const job = ended && (await this.records.job(ended));
    if (ended !== undefined && job !== undefined) {
      const { status, body: answer } = toOutcome(job, ended.error, request.id);
      return void reply.status(status).send(answer);
    }
    const view = await loadGeneration(this.store, id);
    if (view === undefined) throw new Error(`${id} was accepted and is not there`);
    reply.status(202).send(toAcceptedJob(view, input.webhookUrl));
  }
}
