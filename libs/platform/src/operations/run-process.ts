import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/index.js';
import { ConsumerHost } from '../consumers/consumer-host.js';
import { createHttpApplication } from '../http/http-application.js';
import { createInfrastructure, type Infrastructure } from '../infrastructure/infrastructure.js';
import { infrastructureModule } from '../infrastructure/infrastructure.module.js';
import { EngineProbe } from './engine-probe.js';
import { OperationsModule } from './operations.module.js';

export interface RunningProcess {
  readonly infrastructure: Infrastructure;
  readonly application: NestFastifyApplication;
  /** Where it listens, for people on this machine. */
  readonly url: string;
  /** Drains and stops. Safe to call twice. */
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

/**
 * Brings up a process made of the given modules: engines, HTTP, then consumers. On `stop` it turns
 * unready, ends HTTP and consumers with what they are doing, and closes the engines last.
 */
export async function runProcess(
  config: Config,
  modules: readonly (Type | DynamicModule)[],
): Promise<RunningProcess> {
  const infrastructure = await createInfrastructure(config);
  const { logger } = infrastructure;
  let application: NestFastifyApplication | undefined;
  try {
    application = await createHttpApplication(processModule(infrastructure, modules), logger);
    const running = application;
    await running.listen(config.port, config.host);
    const consumers = running.get(ConsumerHost);
    consumers.start();
    let stopped: Promise<void> | undefined;
    const stop = async () => {
      running.get(EngineProbe).drain();
      await running.close();
      await consumers.stop();
      await infrastructure.close();
      logger.flush();
    };
    return {
      infrastructure,
      application: running,
      url: localUrl(config.host, await running.getUrl()),
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await application?.close().catch(() => undefined);
    await infrastructure.close().catch(() => undefined);
    throw error;
  }
}
