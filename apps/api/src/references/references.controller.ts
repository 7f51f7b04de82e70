import { DomainFailure } from '@imprest/application';
import { validationError } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AcceptsForms } from '../forms/forms.js';
import { principalOf } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { referenceOperations } from '../openapi/operations/references.js';
import { Uploads } from './uploads.js';

/** Reference images: uploaded once, then named by id wherever a dialect takes the URL of a reference. */
@Controller('v1/references')
@Describes(referenceOperations)
export class ReferencesController {
  constructor(private readonly uploads: Uploads) {}

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

  @Delete(':id')
  @HttpCode(204)
  @ForTenant('generations:write', 'polling')
  async erase(@PathId('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.uploads.erase(principalOf(request).tenantId, id);
  }
}
