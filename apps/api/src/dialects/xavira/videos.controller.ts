import {
  EVENT_STORE,
  type EventStore,
  MODEL_CATALOGUE,
  type ModelCatalogue,
} from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { Describes, ForTenant } from '@imprest/platform';
import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../http/context.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { videoOperations } from '../../openapi/operations/xavira.js';
import { endUserOfRequest } from '../../submissions/end-user-of-request.js';
import { Submissions } from '../../submissions/submissions.js';
import { acceptedGeneration } from './accepted-generation.js';
import { Credits } from './credits.js';
import { XAVIRA } from './dialect.js';
import { toVideoInput } from './mapping.js';
import { VideoBody } from './requests.js';

@Controller('v1/videos::generate')
@Describes(videoOperations)
export class XaviraVideosController {
  constructor(
    private readonly submissions: Submissions,
    private readonly records: GenerationRecords,
    private readonly credits: Credits,
    @Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** A clip of an earlier image, at once as something to poll. */
  @Post()
  @HttpCode(202)
  @ForTenant('generations:write', 'video', XAVIRA)
  @RouteSchema({ body: schemaFromClass(VideoBody) })
  async generate(
    @Body() body: VideoBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const endUser = endUserOfRequest(body.user, principalOf(request).apiKeyId);
    const input = toVideoInput(body, this.catalogue, endUser);
    const { id } = await this.credits.toldIn(() =>
      this.submissions.submit(XAVIRA, input, request, reply),
    );
    return (await acceptedGeneration(this.records, this.store, id)).generation;
  }
}
