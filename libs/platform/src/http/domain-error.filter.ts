import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';
import { nativeDialect } from './dialect.js';
import { toDomainError } from './to-domain-error.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** The only place where a failure becomes an answer: worded by the error table of the route's dialect. */
@Catch()
export class DomainErrorFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  catch(failure: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const error = toDomainError(failure);
    this.metrics.refused.inc({ code: error.code });
    if (error.code === 'internal_error') {
      this.logger.error({ requestId: request.id, err: failure }, 'request failed');
    }
    if (reply.sent) return;
    const { renderError } = request.routeOptions?.config?.dialect ?? nativeDialect;
    const { accept } = request.headers;
    const { status, body, headers, mediaType } = renderError(error, request.id, accept);
    reply.headers(headers ?? {});
    if (error.code === 'unavailable') reply.header('retry-after', 5);
    const { retryAfter } = error.details ?? {};
    if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
    reply
      .status(status)
      .header('content-type', mediaType ?? JSON_TYPE)
      .send(body);
  }
}
