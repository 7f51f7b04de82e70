import {
  DomainFailure,
  MODEL_CATALOGUE,
  type ModelCatalogue,
  soldModel,
} from '@imprest/application';
import { validationError } from '@imprest/domain';
import { GenerationRecords } from '@imprest/generation-records';
import { Describes, ForTenant } from '@imprest/platform';
import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AcceptsForms } from '../../forms/forms.js';
import { principalOf } from '../../http/context.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { xenodiaImageOperations } from '../../openapi/operations/xenodia.js';
import { Uploads } from '../../references/uploads.js';
import { endUserOfRequest } from '../../submissions/end-user-of-request.js';
import { Submissions } from '../../submissions/submissions.js';
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
    private readonly uploads: Uploads,
    @Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue,
  ) {}

  @Post('generations')
  @AcceptsForms(imagesBody)
  @ForTenant('generations:write', 'images', XENODIA)
  @RouteSchema({ body: imagesBody })
  async generate(
    @Body() body: ImagesBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer(body, await this.uploaded(request), request, reply);
  }

  @Post('edits')
  @AcceptsForms(imagesBody)
  @ForTenant('generations:write', 'images', XENODIA)
  @RouteSchema({ body: imagesBody })
  async edit(
    @Body() body: ImagesBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const uploaded = await this.uploaded(request);
    if (uploaded.length === 0 && !body.image_input?.length) {
      throw new DomainFailure(validationError('image', 'is required'));
    }
    await this.answer(body, uploaded, request, reply);
  }

  /** Ids of the files that came along. */
  private async uploaded(request: FastifyRequest): Promise<readonly string[]> {
    const files = request.files ?? [];
    request.files = null;
    const other = files.find(({ field }) => field !== 'image');
    if (other !== undefined) {
      throw new DomainFailure(
        validationError(other.field, 'is not supported: send reference images as image'),
      );
    }
    const uploads = await this.uploads.store(principalOf(request).tenantId, files);
    return uploads.map(({ id }) => id);
  }

  private async answer(
    body: ImagesBody,
    uploaded: readonly string[],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const model = soldModel(this.catalogue, body.model ?? undefined, XENODIA.name, 'image');
    const endUser = endUserOfRequest(body.user, principalOf(request).apiKeyId);
    const input = toInput(body, uploaded, model, capabilitiesOf(model, this.catalogue), endUser);
    const submitted = await this.submissions.submit(XENODIA, input, request, reply);
    const view = body.async ? undefined : await this.submissions.outcome(submitted.id, reply);
    const record = view && (await this.records.render(view));
    if (record === undefined) reply.status(202).send(toAcceptedTask(submitted));
    else reply.status(200).send(toImages(record, view?.error ?? null));
  }
}
