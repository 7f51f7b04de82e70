import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OpenSpan, Tracing } from './tracing.js';

/** A tenant's request begins a trace; anything else is traced only when its caller is. */
function isTraced(request: FastifyRequest): boolean {
  const { access } = request.routeOptions.config;
  return access?.kind === 'tenant' || request.headers.traceparent !== undefined;
}

/** A span for each request. To be called only when tracing is on: otherwise no hook is there to cost anything. */
export function addHttpSpans(instance: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  instance.addHook('onRequest', (request, _reply, done) => {
    if (isTraced(request)) {
      const route = request.routeOptions.url ?? 'unknown';
      const attributes = {
        'http.request.method': request.method,
        'http.route': route,
        'imprest.request_id': request.id,
      };
      const { traceparent: parent } = request.headers;
      const span = tracing.begin(
        { name: `${request.method} ${route}`, kind: 'server', attributes },
        typeof parent === 'string' ? parent : undefined,
      );
      request.traceparent = span.traceparent;
      spans.set(request, span);
    }
    done();
  });
  instance.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    spans.get(request)?.end(undefined, reply.statusCode);
    done();
  });
}
