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

/** Optional fields take null as missing, which is nothing to advertise. */
function rule({ keyword, params, message }: FastifySchemaValidationError): string {
  switch (keyword) {
    case 'type':
      return `must be ${[params.type]
        .flat()
        .filter((type) => type !== 'null')
        .join(' or ')}`;
    case 'enum': {
      const values = (params.allowedValues as unknown[]).filter((value) => value !== null);
      return `must be one of ${values.join(', ')}`;
    }
    case 'format':
      return `must be a valid ${params.format === 'uri' ? 'URL' : params.format}`;
    case 'pattern':
      return 'has a form that is not allowed';
    default:
      return message ?? 'is not valid';
  }
}

/** Of a field with alternatives each of them complains: the one that says more than "another type" fits. */
function mostTelling(
  errors: readonly FastifySchemaValidationError[],
): FastifySchemaValidationError | undefined {
  const telling = errors.find(({ keyword }) => keyword !== 'type' && keyword !== 'anyOf');
  if (telling !== undefined) return telling;
  const depth = ({ instancePath }: FastifySchemaValidationError) => instancePath.split('/').length;
  return [...errors].sort((a, b) => depth(b) - depth(a))[0];
}

/** Names the field and the rule, as the domain's own errors do. */
export function schemaError(errors: FastifySchemaValidationError[], part: string): DomainFailure {
  const error = mostTelling(errors);
  if (error === undefined) return new DomainFailure(validationError(part, 'is not valid'));
  const missing = error.keyword === 'required' ? String(error.params.missingProperty) : undefined;
  const parent = fieldName(error.instancePath);
  if (missing !== undefined) {
    const field = parent === '' ? missing : `${parent}.${missing}`;
    return new DomainFailure(validationError(field, 'is required'));
  }
  return new DomainFailure(validationError(parent === '' ? part : parent, rule(error)));
}
