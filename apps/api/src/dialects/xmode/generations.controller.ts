import {
  CancelGeneration,
  DomainFailure,
  EraseGeneration,
  EVENT_STORE,
  type EventStore,
  type GenerationView,
  loadGeneration,
  MODEL_CATALOGUE,
  type ModelCatalogue,
  ownGeneration,
  prepareRequest,
  SubmitGeneration,
} from '@imprest/application';
import { domainError, validationError } from '@imprest/domain';
import { GenerationRecords, type XmodeRecord } from '@imprest/generation-records';
import {
  CONFIG,
  type Config,
  Describes,
  ForTenant,
  Metrics,
  nativeDialect,
} from '@imprest/platform';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf, tenantContext } from '../../http/context.js';
import { baseUrl, idempotencyKey, preferredWaitSeconds } from '../../http/request-headers.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { generationOperations } from '../../openapi/operations/generations.js';
import { GenerationFeed } from '../../progress/generation-feed.js';
import { ProgressStreams } from '../../progress/stream-progress.js';
import { waitForOutcome } from '../../progress/wait-for-outcome.js';
import { rerunBody, toInput, toReceipt } from './mapping.js';
import { type GenerationBody, GenerationOverrides } from './requests.js';

export const DIALECT = nativeDialect;

const generationBody = schemaFromClass(GenerationOverrides, ['endUserEmail', 'prompt']);
const overridesBody = { ...schemaFromClass(GenerationOverrides), type: ['object', 'null'] };

@Controller('v1/generations')
@Describes(generationOperations)
export class XmodeGenerationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly records: GenerationRecords,
    private readonly feed: GenerationFeed,
    private readonly progress: ProgressStreams,
    private readonly metrics: Metrics,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @ForTenant('generations:write', 'generate', DIALECT)
  @RouteSchema({ body: generationBody })
  async submit(
    @Body() body: GenerationBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { tenantId, apiKeyId } = principalOf(request);
    const input = toInput(body);
    const base = baseUrl(request, this.config.publicUrl);
    const submitter = {
      tenantId,
      apiKeyId,
      dialect: DIALECT.name,
      idempotencyKey: idempotencyKey(request),
      baseUrl: base,
    };
    const command = new SubmitGeneration(submitter, input, tenantContext(request));
    const submitted = await this.commands.execute(command);
    if (submitted.replayed) reply.header('idempotency-replayed', 'true');
    else this.metrics.accepted.inc();
    const waitSeconds = preferredWaitSeconds(request);
    if (waitSeconds > 0) {
      reply.header('preference-applied', `wait=${waitSeconds}`);
      const record = await this.outcome(submitted.id, waitSeconds, reply);
      if (record !== undefined) return void reply.status(200).send(record);
    }
    reply.status(202).send(toReceipt(submitted, input, base));
  }

  @Post('estimate')
  @HttpCode(200)
  @ForTenant('generations:read', 'read', DIALECT)
  @RouteSchema({ body: generationBody })
  estimate(@Body() body: GenerationBody) {
    const { price, parameters } = prepareRequest(this.catalogue, toInput(body));
    return {
      model: price.model,
      size: parameters.size,
      images: price.images,
      xTokensPerImage: Number(price.perImage),
      xTokens: Number(price.total),
      priceBookVersion: price.priceBookVersion,
    };
  }

  @Get(':id')
  @ForTenant('generations:read', 'read', DIALECT)
  async get(@Param('id') id: string, @Req() request: FastifyRequest): Promise<XmodeRecord> {
    return this.record(await this.own(id, request));
  }

  @Get(':id/events')
  @ForTenant('generations:read', 'read', DIALECT)
  async events(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.own(id, request);
    const given = request.headers['last-event-id'];
    await this.progress.stream(view.id, given?.toString(), reply);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ForTenant('generations:write', 'read', DIALECT)
  async cancel(@Param('id') id: string, @Req() request: FastifyRequest): Promise<XmodeRecord> {
    const { tenantId } = principalOf(request);
    const reason = 'cancelled by the tenant';
    const command = new CancelGeneration(tenantId, id, reason, tenantContext(request));
    return this.record(await this.commands.execute(command));
  }

  @Post(':id/rerun')
  @ForTenant('generations:write', 'generate', DIALECT)
  @RouteSchema({ body: overridesBody })
  async rerun(
    @Param('id') id: string,
    @Body() overrides: GenerationOverrides | null | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.own(id, request);
    const input = await this.records.input(view);
    if (input === undefined) throw gone(id);
    const body = rerunBody(view, input, overrides ?? {});
    if (!/\S/.test(body.prompt)) {
      throw new DomainFailure(validationError('prompt', 'must not be empty'));
    }
    await this.submit(body, request, reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @ForTenant('generations:write', 'read', DIALECT)
  async erase(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const { tenantId } = principalOf(request);
    await this.commands.execute(new EraseGeneration(tenantId, id, tenantContext(request)));
  }

  private own(id: string, request: FastifyRequest): Promise<GenerationView> {
    return ownGeneration(this.store, principalOf(request).tenantId, id);
  }

  private async record(view: GenerationView): Promise<XmodeRecord> {
    const record = await this.records.render(view);
    if (record === undefined) throw gone(view.id);
    return record;
  }

  private async outcome(
    id: string,
    seconds: number,
    reply: FastifyReply,
  ): Promise<XmodeRecord | undefined> {
    if (!(await waitForOutcome(this.feed, id, seconds, reply))) return undefined;
    const view = await loadGeneration(this.store, id);
    return view && this.records.render(view);
  }
}

function gone(id: string): DomainFailure {
  return new DomainFailure(domainError('not_found', `there is no generation ${id}`));
}
