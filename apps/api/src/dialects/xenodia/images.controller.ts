import { MODEL_CATALOGUE, type ModelCatalogue, soldModel } from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { Describes, ForTenant } from '@imprest/platform';
import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../http/context.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { xenodiaImageOperations } from '../../openapi/operations/xenodia.js';
import { endUserOfRequest } from '../end-user-of-request.js';
import { Submissions } from '../submissions.js';
import { capabilitiesOf } from './capabilities.js';
import { XENODIA } from './dialect.js';
import { toAcceptedTask, toImages, toInput } from './mapping.js';
import { ImagesBody } from './requests.js';

const imagesBody = schemaFromClass(ImagesBody);

/** OpenAI's Images API: the answer waits for the images unless `async` says otherwise. */
@Controller('v1/images')
@Describes(xenodiaImageOperations)
export class XenodiaImagesController {
  constructor(
    private readonly submissions: Submissions,
    private readonly records: GenerationRecords,
    @Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue,
  ) {}

  @Post('generations')
  @ForTenant('generations:write', 'generate', XENODIA)
  @RouteSchema({ body: imagesBody })
  async generate(
    @Body() body: ImagesBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const model = soldModel(this.catalogue, body.model ?? undefined);
    const endUser = endUserOfRequest(body.user, principalOf(request).apiKeyId);
    const input = toInput(body, model, capabilitiesOf(model, this.catalogue), endUser);
    const submitted = await this.submissions.submit(XENODIA, input, request, reply);
    const view = body.async ? undefined : await this.submissions.outcome(submitted.id, reply);
    const record = view && (await this.records.render(view));
    if (record === undefined) reply.status(202).send(toAcceptedTask(submitted));
    else reply.status(200).send(toImages(record, view?.error ?? null));
  }
}
