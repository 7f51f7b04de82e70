import type { DynamicModule, Type } from '@nestjs/common';
import { ConfigError, loadConfig } from '../config/index.js';
import { runProcess } from './run-process.js';
import { type ServiceName, services } from './services.js';
import { untilSignal } from './until-signal.js';

/** Expected failures are told in one line; only the unexpected deserves a stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = error instanceof ConfigError || error.constructor !== Error;
  return expected ? error.message : (error.stack ?? error.message);
}

/** The end of a process that has been running: 0 when all that was under way is finished, 1 when not. */
export async function endProcess(name: string, stop: () => Promise<void>): Promise<never> {
  try {
    await stop();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`imprest ${name} ended as it was: ${explain(error)}\n`);
    process.exit(1);
  }
}

/** The main of a service that runs alone: until a signal asks it to drain and stop. */
export async function runService(
  name: ServiceName,
  modules: readonly (Type | DynamicModule)[],
): Promise<void> {
  try {
    const running = await runProcess(loadConfig(), modules, services[name]);
    const { logger } = running.infrastructure;
    logger.info({ service: name, url: running.url }, 'ready');
    const signal = await untilSignal();
    logger.info({ service: name, signal }, 'stopping');
    await endProcess(name, () => running.stop());
  } catch (error) {
    process.stderr.write(`imprest ${name} cannot start: ${explain(error)}\n`);
    process.exit(1);
  }
}
