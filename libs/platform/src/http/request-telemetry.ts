import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';

/** What is the same for every answer with one status on one route: spelt out and looked up once. */
interface Answers {
  readonly seconds: { observe(seconds: number): void };
  readonly lines: Logger;
}

/** One log line and one observation for each answer. The log names the route, never the query or a body. */
export function requestTelemetry(logger: Logger, metrics: Metrics) {
  const known = new Map<string, Answers>();
  const answersLike = (method: string, route: string, status: number): Answers => {
    const label = `${method} ${route} ${status}`;
    let answers = known.get(label);
    if (answers === undefined) {
      answers = {
        seconds: metrics.requests.labels(method, route, String(status)),
        // Every field is named here or below and none is a secret: looking for secrets would cost
        // five times the line.
        lines: logger.child({ method, route, status }, { redact: [] }),
      };
      known.set(label, answers);
    }
    return answers;
  };
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    const elapsedMs = reply.elapsedTime;
    const { seconds, lines } = answersLike(request.method, route, status);
    seconds.observe(elapsedMs / 1000);
    lines[status >= 500 ? 'error' : 'info']({
      requestId: request.id,
      ms: Math.round(elapsedMs * 100) / 100,
      tenant: request.principal?.tenantId,
    });
    done();
  };
}
