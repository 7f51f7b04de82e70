import { ApiKeyAuthenticator, CLOCK, ConsoleSessions, Tenants } from '@imprest/application';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config, OperatorKeys } from '../config/index.js';
import { NestLogger } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { RequestRates } from '../rate-limits/index.js';
import { CONFIG, LOGGER, OPERATOR_KEYS } from '../tokens.js';
import { AccessHook } from './access-hook.js';
import { ApiKeyUsageRecorder } from './api-key-usage-recorder.js';
import { closeIdleConnections } from './close-idle-connections.js';
import { ConsoleGate, MemberPrincipals } from './console/index.js';
import { DomainErrorFilter } from './domain-error.filter.js';
import { createHttpAdapter } from './http-adapter.js';
import { RequestPressure } from './request-pressure.js';
import { requestTelemetry } from './request-telemetry.js';

/** A route that forgot to say who may call it must not be reachable by anyone. */
function demandAccess(instance: FastifyInstance): void {
  instance.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) {
      throw new Error(`route ${route.method} ${route.url} does not state who may call it`);
    }
  });
}

function accessHook(application: NestFastifyApplication): AccessHook {
  const usage = application.get(ApiKeyUsageRecorder);
  const pressure = application.get(RequestPressure);
  const { console, publicUrl } = application.get<Config>(CONFIG);
  const members = new MemberPrincipals(application.get(Tenants));
  return new AccessHook(
    application.get(ApiKeyAuthenticator),
    application.get<OperatorKeys>(OPERATOR_KEYS),
    application.get(CLOCK),
    application.get(RequestRates),
    (principal, nowMs) => {
      pressure.count();
      if (principal.member === undefined) usage.used(principal, nowMs);
    },
    new ConsoleGate(application.get(ConsoleSessions), members, {
      enabled: console.enabled,
      publicUrl,
    }),
  );
}

/** The one way in which every process of the product speaks HTTP. */
export async function createHttpApplication(
  module: DynamicModule,
  config: Config,
  logger: Logger,
  prepare: (instance: FastifyInstance) => void = () => {},
): Promise<NestFastifyApplication> {
  const adapter = createHttpAdapter(config);
  const instance = adapter.getInstance() as unknown as FastifyInstance;
  demandAccess(instance);
  closeIdleConnections(instance);
  instance.removeContentTypeParser('text/plain');
  instance.decorateRequest('principal', null);
  instance.decorateRequest('operator', null);
  instance.decorateRequest('session', null);
  prepare(instance);
  const application = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(logger),
    abortOnError: false,
    // Fastify reads JSON by itself; Nest's own parsers would let forms in.
    bodyParser: false,
    forceCloseConnections: false,
  });
  const metrics = application.get(Metrics);
  instance.addHook('onRequest', accessHook(application).handle);
  instance.addHook('onResponse', requestTelemetry(application.get<Logger>(LOGGER), metrics));
  application.useGlobalFilters(new DomainErrorFilter(logger, metrics));
  return application;
}
