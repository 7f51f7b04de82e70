import {
  DomainFailure,
  MODEL_CATALOGUE,
  type ModelCatalogue,
  shownModels,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Describes, ForTenant, nativeDialect } from '@imprest/platform';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { xenodiaModelOperations } from '../../openapi/operations/xenodia.js';
import { type Model, modelOf } from './capabilities.js';
import { XENODIA } from './dialect.js';
import { ModelsQuery } from './requests.js';

const modelsQuery = schemaFromClass(ModelsQuery);

/** Shared by this dialect and the native one, which has no other list. */
@Controller('v1/models')
@Describes(xenodiaModelOperations)
export class XenodiaModelsController {
  constructor(@Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue) {}

  @Get()
  @ForTenant('generations:read', 'polling', XENODIA)
  @RouteSchema({ querystring: modelsQuery })
  list(@Query() { dialect }: ModelsQuery): {
    readonly object: 'list';
    readonly data: readonly Model[];
  } {
    return { object: 'list', data: this.models(dialect) };
  }

  @Get(':model')
  @ForTenant('generations:read', 'polling', XENODIA)
  get(@Param('model') alias: string): Model {
    const model = this.models().find(({ id }) => id === alias);
    if (model !== undefined) return model;
    throw new DomainFailure(domainError('not_found', 'there is no such model'));
  }

  private models(dialect?: string): readonly Model[] {
    const dialects = dialect === undefined ? [XENODIA.name, nativeDialect.name] : [dialect];
    const shown = shownModels(this.catalogue, ...dialects);
    return shown.map((entry) => modelOf(entry, this.catalogue));
  }
}
