import { setTimeout } from 'node:timers/promises';
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/index.js';
import { ConsumerHost } from '../consumers/consumer-host.js';
import { createHttpApplication } from '../http/http-application.js';
import { createInfrastructure } from '../infrastructure/create-infrastructure.js';
import type { Infrastructure } from '../infrastructure/infrastructure.js';
import { infrastructureModule } from '../infrastructure/infrastructure.module.js';
import { addHttpSpans } from '../tracing/http-spans.js';
import { type DrainStep, drain } from './drain.js';
import { EngineProbe } from './engine-probe.js';
import { OperationsModule } from './operations.module.js';
import { type Service, services } from './services.js';

export interface RunningProcess {
  readonly infrastructure: Infrastructure;
  readonly application: NestFastifyApplication;
  /** Where it listens, for people on this machine. */
  readonly url: string;
  /** Something beside the process that has to end before it: the last one added ends first. */
  endFirst(step: DrainStep): void;
  /** Drains and stops, in bounded time. Safe to call twice. @throws DrainTimeout */
  stop(): Promise<void>;
}

class ProcessModule {}

function processModule(
  infrastructure: Infrastructure,
  modules: readonly (Type | DynamicModule)[],
): DynamicModule {
  return {
    module: ProcessModule,
    imports: [infrastructureModule(infrastructure), OperationsModule, ...modules],
  };
}

function localUrl(host: string, address: string): string {
  const port = new URL(address).port;
  return host === '0.0.0.0' || host === '::'
    ? `http://127.0.0.1:${port}`
    : `http://${host}:${port}`;
}

/** Asks to be left out of load balancing, answers on for a while, then ends part by part. */
async function end(
  { config, logger }: Infrastructure,
  application: NestFastifyApplication,
  steps: readonly DrainStep[],
): Promise<void> {
  application.get(EngineProbe).drain();
  await setTimeout(config.drainSeconds * 1_000);
  try {
    await drain(steps, config.shutdownSeconds);
  } finally {
    logger.flush();
  }
}

/**
 * Brings up a process made of the given modules: engines, HTTP, then consumers. On `stop` it turns
 * unready, ends HTTP and consumers with what they are doing, and closes the engines last.
 */
export async function runProcess(
  config: Config,
  modules: readonly (Type | DynamicModule)[],
  service: Service = services.imprest,
): Promise<RunningProcess> {
  const infrastructure = await createInfrastructure(config, service);
  const { logger, tracing } = infrastructure;
  let application: NestFastifyApplication | undefined;
  try {
    application = await createHttpApplication(
      processModule(infrastructure, modules),
      config,
      logger,
      tracing.enabled ? (instance) => addHttpSpans(instance, tracing) : undefined,
    );
    const running = application;
    await running.listen(config.port, config.host);
    const consumers = running.get(ConsumerHost);
    consumers.start();
    const steps: DrainStep[] = [
      { name: 'requests', end: () => running.close() },
      { name: 'consumers', end: () => consumers.stop() },
      { name: 'engines', end: () => infrastructure.close() },
    ];
    let stopped: Promise<void> | undefined;
    return {
      infrastructure,
      application: running,
      url: localUrl(config.host, await running.getUrl()),
      endFirst: (step) => steps.unshift(step),
      stop: () => (stopped ??= end(infrastructure, running, steps)),
    };
  } catch (error) {
    await application?.close().catch(() => undefined);
    await infrastructure.close().catch(() => undefined);
    throw error;
  }
}
