import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import type { Config } from '../config/index.js';
import { routeConsoleUrl } from './console/index.js';
import { requestIds } from './request-id.js';
import { schemaError } from './schema-errors.js';

const BODY_LIMIT_BYTES = 1024 * 1024;

/**
 * Fastify as every process runs it. Who a request came from, and whether by TLS, is said by the connection alone, or by
 * a proxy that the operator has named: anybody else may write what they like into X-Forwarded-For and -Proto.
 */
export function createHttpAdapter({
  trustedProxies,
}: Pick<Config, 'trustedProxies'>): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    genReqId: requestIds(),
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    keepAliveTimeout: 72_000,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 320 },
    schemaErrorFormatter: schemaError,
    // Fastify's defaults would turn "4200" into 4200 and drop fields in silence.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    skipMiddie: true,
    rewriteUrl: routeConsoleUrl,
  });
}
