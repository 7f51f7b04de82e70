import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';

type Observe = { observe(seconds: number): void };

/** One log line and one observation for each answer. The log names the route, never the query or a body. */
export function requestTelemetry(logger: Logger, metrics: Metrics) {
  const observers = new Map<string, Observe>();
  // Every field is named below and none is a secret: looking for secrets would cost five times the line.
  const lines = logger.child({}, { redact: [] });
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    const status = reply.statusCode;
    const elapsedMs = reply.elapsedTime;
    const label = `${method} ${route} ${status}`;
    let observer = observers.get(label);
    if (observer === undefined) {
      observer = metrics.requests.labels(method, route, String(status));
      observers.set(label, observer);
    }
    observer.observe(elapsedMs / 1000);
    const level = status >= 500 ? 'error' : 'info';
    if (lines.isLevelEnabled(level)) {
      lines[level]({
        requestId: request.id,
        method,
        route,
        status,
        ms: Math.round(elapsedMs * 100) / 100,
        tenant: request.principal?.tenantId,
      });
    }
    done();
  };
}
