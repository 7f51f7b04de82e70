import { Depictions, EVENT_STORE, type EventStore } from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { Describes, ForTenant } from '@imprest/platform';
import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../http/context.js';
import { idempotencyKey } from '../../http/request-headers.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { imageOperations } from '../../openapi/operations/xavira.js';
import { endUserOfRequest } from '../../submissions/end-user-of-request.js';
import { Submissions } from '../../submissions/submissions.js';
import { acceptedGeneration } from './accepted-generation.js';
import { Credits } from './credits.js';
import { XAVIRA } from './dialect.js';
import { toImageInput, toOutcome } from './mapping.js';
import { ImageBody } from './requests.js';

// A colon begins a parameter in a path; two stand for the sign itself.
@Controller('v1/images::generate')
@Describes(imageOperations)
export class XaviraImagesController {
  constructor(
    private readonly depictions: Depictions,
    private readonly submissions: Submissions,
    private readonly records: GenerationRecords,
    private readonly credits: Credits,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** The picture once it is there; where to look for it when that takes too long. */
  @Post()
  @ForTenant('generations:write', 'images', XAVIRA)
  @RouteSchema({ body: schemaFromClass(ImageBody) })
  async generate(
    @Body() body: ImageBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { tenantId, apiKeyId } = principalOf(request);
    const { character_id: characterId, prompt, raw_prompt } = body;
    const asked = { characterId, prompt, rawPrompt: raw_prompt ?? false };
    const depiction = await this.depictions.of(tenantId, asked, idempotencyKey(request));
    const input = toImageInput(body, depiction, endUserOfRequest(body.user, apiKeyId));
    const { id } = await this.credits.toldIn(() =>
      this.submissions.submit(XAVIRA, input, request, reply),
    );
    const ended = await this.submissions.outcome(id, reply);
    const accepted = await acceptedGeneration(this.records, this.store, id, ended);
    const { view, generation } = accepted;
    const { status, body: answer } = toOutcome(generation, view.error ?? null, request.id);
    reply.status(status).send(answer);
  }
}
