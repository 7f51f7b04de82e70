import { DomainFailure, InvalidCursor, isEngineAway } from '@imprest/application';
import { type DomainError, domainError, validationError } from '@imprest/domain';
import { HttpException } from '@nestjs/common';

const byStatus: Readonly<Record<number, DomainError>> = {
  404: domainError('not_found', 'there is no such route'),
  405: domainError('not_found', 'there is no such route'),
  413: domainError('payload_too_large', 'the body is larger than this route takes'),
  414: domainError('validation_error', 'the URL is too long'),
  415: domainError('unsupported_media_type', 'send the body as application/json'),
  431: domainError('validation_error', 'the headers are too large'),
};

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

/** SQLSTATE character_not_in_repertoire: of all that JSON and URLs can say, PostgreSQL's text holds no NUL. */
const NOT_A_TEXT = '22021';

/** Any failure as one of the closed union. What nobody expected says nothing about its cause. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainFailure) return error.error;
  if (error instanceof InvalidCursor) return validationError('cursor', error.rule);
  if (isEngineAway(error)) {
    return domainError('unavailable', 'the service cannot take requests at the moment; try again');
  }
  if ((error as { code?: unknown } | null)?.code === NOT_A_TEXT) {
    return domainError('validation_error', 'a text must not hold the character NUL (U+0000)');
  }
  const status = statusOf(error);
  if (status !== undefined && status >= 400 && status < 500) {
    const message = error instanceof Error ? error.message : 'the request is malformed';
    return byStatus[status] ?? domainError('validation_error', message);
  }
  return domainError('internal_error', 'something went wrong on our side; nothing was charged');
}
