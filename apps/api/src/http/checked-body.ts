import { DomainFailure } from '@imprest/application';
import { validationError } from '@imprest/domain';
import { type ArgumentMetadata, Body, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';

function first(errors: readonly ValidationError[], parent = ''): DomainFailure {
  const [error] = errors;
  if (error === undefined) return new DomainFailure(validationError('body', 'is not valid'));
  const field = parent === '' ? error.property : `${parent}.${error.property}`;
  if (error.children !== undefined && error.children.length > 0)
    return first(error.children, field);
  const [message = 'is not valid'] = Object.values(error.constraints ?? {});
  const rule = message.startsWith(error.property)
    ? message.slice(error.property.length).trim()
    : message;
  return new DomainFailure(validationError(field, rule));
}

/** Clients send null for what they leave out: handlers see neither. */
function withoutNulls(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

class BodyPipe extends ValidationPipe {
  override transform(body: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return super.transform(withoutNulls(body), metadata);
  }
}

const pipe = (unknownFields: 'refused' | 'ignored') =>
  new BodyPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: unknownFields === 'refused',
    forbidUnknownValues: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => first(errors),
  });

const strict = pipe('refused');
const tolerant = pipe('ignored');

/** The body, checked by its class; for all routes but the hot ones, which check by compiled schema. */
export const CheckedBody = () => Body(strict);

/** The same for dialects that promise to ignore fields they do not know. */
export const TolerantBody = () => Body(tolerant);
