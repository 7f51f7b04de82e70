import type { FastifyInstance } from 'fastify';

const EVERY_MS = 100;

/**
 * Closing ends the connections that are idle at that moment. Those that were busy become idle afterwards, and
 * clients that keep them alive would keep the process from ending for as long as they like.
 */
export function closeIdleConnections(instance: FastifyInstance): void {
  instance.addHook('preClose', (done) => {
    const { server } = instance;
    const timer = setInterval(() => server.closeIdleConnections(), EVERY_MS);
    server.once('close', () => clearInterval(timer));
    timer.unref();
    done();
  });
}
