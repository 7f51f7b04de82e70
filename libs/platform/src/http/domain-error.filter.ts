import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';
import { type ErrorRenderer, renderNativeError } from './native-errors.js';
import { toDomainError } from './to-domain-error.js';

/** The only place where a failure becomes an answer: worded by the error table of the route's dialect. */
@Catch()
export class DomainErrorFilter implements ExceptionFilter {
  private readonly renderers = new Map<string, ErrorRenderer>();

  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  register(dialect: string, renderer: ErrorRenderer): void {
    this.renderers.set(dialect, renderer);
  }

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
    const dialect = request.routeOptions?.config?.dialect;
    const render = (dialect && this.renderers.get(dialect)) || renderNativeError;
    const { status, body } = render(error, request.id);
    if (error.code === 'unavailable') reply.header('retry-after', 5);
    reply.status(status).header('content-type', 'application/json; charset=utf-8').send(body);
  }
}
