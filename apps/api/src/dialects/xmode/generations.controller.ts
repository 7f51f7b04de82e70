import {
  CancelGeneration,
  DomainFailure,
  EraseGeneration,
  EVENT_STORE,
  type EventStore,
  type GenerationView,
  MODEL_CATALOGUE,
  type ModelCatalogue,
  ownGeneration,
  prepareRequest,
  QueuePlaces,
  type ToldPlace,
  WaitingReasons,
  XAVIRA_DIALECT,
} from '@imprest/application';
import { domainError, validationError } from '@imprest/domain';
import {
  GenerationRecords,
  type XaviraGeneration,
  type XmodeRecord,
} from '@imprest/generation-records';
import {
  answerRateVerdict,
  BY_HANDLER,
  CONFIG,
  type Config,
  Describes,
  ForTenant,
  nativeDialect,
  RequestRates,
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
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf, tenantContext } from '../../http/context.js';
import { baseUrl, preferredWaitSeconds } from '../../http/request-headers.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { generationOperations } from '../../openapi/operations/generations.js';
import { ProgressQuery } from '../../progress/progress-query.js';
import { ProgressStreams } from '../../progress/stream-progress.js';
import { Submissions } from '../../submissions/submissions.js';
import { rerunBody, toInput, toReceipt } from './mapping.js';
import { DialectQuery, type GenerationBody, GenerationOverrides } from './requests.js';

export const DIALECT = nativeDialect;

const generationBody = schemaFromClass(GenerationOverrides, ['endUserEmail']);
const progressQuery = schemaFromClass(ProgressQuery);
const dialectQuery = schemaFromClass(DialectQuery);
const overridesBody = { ...schemaFromClass(GenerationOverrides), type: ['object', 'null'] };

/** Where it stands in the queue is of the moment, and no part of the record that webhooks deliver. */
type PlacedRecord = XmodeRecord & Partial<ToldPlace>;

@Controller('v1/generations')
@Describes(generationOperations)
export class XmodeGenerationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly records: GenerationRecords,
    private readonly submissions: Submissions,
    private readonly progress: ProgressStreams,
    private readonly places: QueuePlaces,
    private readonly reasons: WaitingReasons,
    private readonly rates: RequestRates,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @ForTenant('generations:write', 'images', DIALECT)
  @RouteSchema({ body: generationBody })
  async submit(
    @Body() body: GenerationBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const input = toInput(body);
    const submitted = await this.submissions.submit(DIALECT, input, request, reply);
    const waitSeconds = preferredWaitSeconds(request);
    if (waitSeconds > 0) {
      reply.header('preference-applied', `wait=${waitSeconds}`);
      const view = await this.submissions.outcome(submitted.id, reply, waitSeconds);
      const record = view && (await this.records.render(view));
      if (record !== undefined) return void reply.status(200).send(record);
    }
    reply.status(202).send(toReceipt(submitted, input, baseUrl(request, this.config.publicUrl)));
  }

  @Post('estimate')
  @HttpCode(200)
  @ForTenant('generations:read', 'polling', DIALECT)
  @RouteSchema({ body: generationBody })
  estimate(@Body() body: GenerationBody) {
    const { price, parameters } = prepareRequest(this.catalogue, DIALECT.name, toInput(body));
    return {
      model: price.model,
      size: parameters.size,
      images: price.images,
      xTokensPerImage: Number(price.perImage),
      xTokens: Number(price.total),
      priceBookVersion: price.priceBookVersion,
    };
  }

  /** As the dialect that asked for it tells it, or the one that is named: two dialects share this route. */
  @Get(':id')
  @ForTenant('generations:read', BY_HANDLER, DIALECT)
  @RouteSchema({ querystring: dialectQuery })
  async get(
    @Param('id') id: string,
    @Query() { dialect }: DialectQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlacedRecord | XaviraGeneration> {
    const view = await this.polled(id, request, reply);
    if ((dialect ?? view.dialect) !== XAVIRA_DIALECT) return this.placedRecord(view);
    const generation = await this.records.generation(view);
    if (generation === undefined) throw gone(view.id);
    return generation;
  }

  @Get(':id/events')
  @ForTenant('generations:read', 'polling', DIALECT)
  @RouteSchema({ querystring: progressQuery })
  async events(
    @Param('id') id: string,
    @Query() { previews }: ProgressQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.own(id, request);
    const lastEventId = request.headers['last-event-id']?.toString();
    await this.progress.stream(view, { lastEventId, previews: previews === 'true' }, reply);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ForTenant('generations:write', 'polling', DIALECT)
  async cancel(@Param('id') id: string, @Req() request: FastifyRequest): Promise<XmodeRecord> {
    const { tenantId } = principalOf(request);
    const reason = 'cancelled by the tenant';
    const command = new CancelGeneration(tenantId, id, reason, tenantContext(request));
    return this.record(await this.commands.execute(command));
  }

  @Post(':id/rerun')
  @ForTenant('generations:write', 'images', DIALECT)
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
    if (!body.sourceRequestId && !/\S/.test(body.prompt ?? '')) {
      throw new DomainFailure(validationError('prompt', 'must not be empty'));
    }
    await this.submit(body, request, reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @ForTenant('generations:write', 'polling', DIALECT)
  async erase(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const { tenantId } = principalOf(request);
    await this.commands.execute(new EraseGeneration(tenantId, id, tenantContext(request)));
  }

  /** Polling is limited as the dialect that asked for the work says; what is not there is polled in this one. */
  private async polled(
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<GenerationView> {
    const own = this.own(id, request);
    const dialect = await own.then(
      (view) => view.dialect,
      () => DIALECT.name,
    );
    answerRateVerdict(await this.rates.take(principalOf(request), 'polling', dialect), reply);
    return own;
  }

  private own(id: string, request: FastifyRequest): Promise<GenerationView> {
    return ownGeneration(this.store, principalOf(request).tenantId, id);
  }

  private async placedRecord(view: GenerationView): Promise<PlacedRecord> {
    const record = await this.record(view);
    const place = record.status === 'queued' ? await this.places.of(view) : undefined;
    if (place === undefined) return record;
    return { ...record, ...(await this.reasons.forTenant(view, place)) };
  }

  private async record(view: GenerationView): Promise<XmodeRecord> {
    const record = await this.records.render(view);
    if (record === undefined) throw gone(view.id);
    return record;
  }
}

function gone(id: string): DomainFailure {
  return new DomainFailure(domainError('not_found', `there is no generation ${id}`));
}
