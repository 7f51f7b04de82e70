import {
  ChangeCharacter,
  CreateCharacter,
  DATA_KEYS,
  type DataKeys,
  DeleteCharacter,
  EVENT_STORE,
  type EventStore,
  openCharacter,
  openCharacters,
  ownCharacter,
} from '@imprest/application';
import type { CharacterTraits, TraitValue } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { CharacterQueries } from '@imprest/read-models';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf, tenantContext } from '../../http/context.js';
import { pageLimit } from '../../http/page-limit.js';
import { CreatedPageQuery } from '../../http/page-query.js';
import { idempotencyKey } from '../../http/request-headers.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { characterOperations } from '../../openapi/operations/xavira-characters.js';
import { XAVIRA } from './dialect.js';
import { type CharacterAnswer, toCharacter } from './mapping.js';
import { CharacterBody, CharacterChangesBody } from './requests.js';

@Controller('v1/characters')
@Describes(characterOperations)
export class XaviraCharactersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly characters: CharacterQueries,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
  ) {}

  @Post()
  @HttpCode(201)
  @ForTenant('generations:write', 'polling', XAVIRA)
  @RouteSchema({ body: schemaFromClass(CharacterBody) })
  async create(
    @Body() { model_id, name, traits }: CharacterBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CharacterAnswer> {
    const { tenantId, models } = principalOf(request);
    const key = idempotencyKey(request);
    const submitter = { tenantId, models, dialect: XAVIRA.name, idempotencyKey: key };
    const profile = { name, traits: traits as CharacterTraits };
    const { character, replayed } = await this.commands.execute(
      new CreateCharacter(submitter, model_id, profile, tenantContext(request)),
    );
    if (replayed) reply.header('idempotency-replayed', 'true');
    return toCharacter(character);
  }

  @Get()
  @ForTenant('generations:read', 'polling', XAVIRA)
  @RouteSchema({ querystring: schemaFromClass(CreatedPageQuery) })
  async list(@Query() { limit, ...page }: CreatedPageQuery, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    const asked = { ...page, tenantId, limit: pageLimit(limit) };
    const { items, nextCursor } = await this.characters.list(asked);
    const characters = await openCharacters(this.dataKeys, items);
    return { characters: characters.map(toCharacter), next_cursor: nextCursor };
  }

  @Get(':character_id')
  @ForTenant('generations:read', 'polling', XAVIRA)
  async get(
    @Param('character_id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<CharacterAnswer> {
    const view = await ownCharacter(this.store, principalOf(request).tenantId, id);
    return toCharacter(await openCharacter(this.dataKeys, view));
  }

  @Patch(':character_id')
  @ForTenant('generations:write', 'polling', XAVIRA)
  @RouteSchema({ body: schemaFromClass(CharacterChangesBody) })
  async change(
    @Param('character_id') id: string,
    @Body() { name, traits }: CharacterChangesBody,
    @Req() request: FastifyRequest,
  ): Promise<CharacterAnswer> {
    const { tenantId } = principalOf(request);
    const changes = {
      name: name ?? undefined,
      traits: (traits ?? undefined) as Record<string, TraitValue | null> | undefined,
    };
    const command = new ChangeCharacter(tenantId, id, changes, tenantContext(request));
    return toCharacter(await this.commands.execute(command));
  }

  @Delete(':character_id')
  @HttpCode(204)
  @ForTenant('generations:write', 'polling', XAVIRA)
  async delete(@Param('character_id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const { tenantId } = principalOf(request);
    await this.commands.execute(new DeleteCharacter(tenantId, id, tenantContext(request)));
  }
}
