import { DomainFailure, EraseReference, ReferenceViews } from '@imprest/application';
import { validationError } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AcceptsForms } from '../forms/forms.js';
import { principalOf, tenantContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { referenceOperations } from '../openapi/operations/references.js';
import { referenceAnswer } from './mapping.js';
import { Uploads } from './uploads.js';

/** Reference images: uploaded once, then named by id wherever a dialect takes the URL of a reference. */
@Controller('v1/references')
@Describes(referenceOperations)
export class ReferencesController {
  constructor(
    private readonly uploads: Uploads,
    private readonly views: ReferenceViews,
    private readonly commands: CommandBus,
  ) {}

  @Post()
  @AcceptsForms({ properties: {} })
  @ForTenant('generations:write', 'images')
  async upload(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const files = request.files ?? [];
    const [file] = files;
    if (file === undefined || files.length > 1 || file.field !== 'file') {
      throw new DomainFailure(validationError('file', 'must be one file of a form'));
    }
    request.files = null;
    const [upload] = await this.uploads.store(principalOf(request).tenantId, [file]);
    if (upload === undefined) throw new Error('a file was stored as nothing');
    const { id, known, mediaType, width, height, bytes } = upload;
    reply.status(known ? 200 : 201).send({ id, mediaType, width, height, bytes });
  }

  @Get(':id')
  @ForTenant('generations:read', 'polling')
  async get(@PathId('id') id: string, @Req() request: FastifyRequest) {
    return referenceAnswer(await this.views.get(principalOf(request).tenantId, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ForTenant('generations:write', 'polling')
  async erase(@PathId('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const { tenantId } = principalOf(request);
    await this.commands.execute(new EraseReference(tenantId, id, tenantContext(request)));
  }
}
