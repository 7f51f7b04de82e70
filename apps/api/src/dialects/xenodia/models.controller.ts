import { DomainFailure, MODEL_CATALOGUE, type ModelCatalogue } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { xenodiaModelOperations } from '../../openapi/operations/xenodia.js';
import { type Model, modelOf } from './capabilities.js';
import { XENODIA } from './dialect.js';

@Controller('v1/models')
@Describes(xenodiaModelOperations)
export class XenodiaModelsController {
  constructor(@Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue) {}

  @Get()
  @ForTenant('generations:read', 'read', XENODIA)
  list(): { readonly object: 'list'; readonly data: readonly Model[] } {
    const { aliases } = this.catalogue;
    return { object: 'list', data: aliases.flatMap((alias) => this.find(alias) ?? []) };
  }

  @Get(':model')
  @ForTenant('generations:read', 'read', XENODIA)
  get(@Param('model') alias: string): Model {
    const model = this.find(alias);
    if (model !== undefined) return model;
    throw new DomainFailure(domainError('not_found', 'there is no such model'));
  }

  private find(alias: string): Model | undefined {
    const entry = this.catalogue.resolve(alias);
    return entry && modelOf(entry, this.catalogue);
  }
}
