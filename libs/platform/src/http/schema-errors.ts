import { DomainFailure } from '@imprest/application';
import { validationError } from '@imprest/domain';
import type { FastifySchemaValidationError } from 'fastify/types/schema.js';

/** `/sequentialOptions/maxImages` as `sequentialOptions.maxImages`, `/references/0` as `references[0]`. */
function fieldName(instancePath: string): string {
  return instancePath
    .slice(1)
    .split('/')
    .reduce((path, part) => {
      if (/^\d+$/.test(part)) return `${path}[${part}]`;
      return path === '' ? part : `${path}.${part}`;
    }, '');
}

function rule({ keyword, params, message }: FastifySchemaValidationError): string {
  switch (keyword) {
    case 'enum':
      return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
    case 'format':
      return `must be a valid ${params.format === 'uri' ? 'URL' : params.format}`;
    case 'pattern':
      return 'has a form that is not allowed';
    default:
      return message ?? 'is not valid';
  }
}

/** Names the field and the rule, as the domain's own errors do. */
export function schemaError(errors: FastifySchemaValidationError[], part: string): DomainFailure {
  const [error] = errors;
  if (error === undefined) return new DomainFailure(validationError(part, 'is not valid'));
  const missing = error.keyword === 'required' ? String(error.params.missingProperty) : undefined;
  const parent = fieldName(error.instancePath);
  if (missing !== undefined) {
    const field = parent === '' ? missing : `${parent}.${missing}`;
    return new DomainFailure(validationError(field, 'is required'));
  }
  return new DomainFailure(validationError(parent === '' ? part : parent, rule(error)));
}
