import type { DynamicModule, Type } from '@nestjs/common';
import { ConfigError, loadConfig } from '../config/index.js';
import { runProcess } from './run-process.js';
import { untilSignal } from './until-signal.js';

/** Expected failures are told in one line; only the unexpected deserves a stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = error instanceof ConfigError || error.constructor !== Error;
  return expected ? error.message : (error.stack ?? error.message);
}

/** The main of a service that runs alone: until a signal asks it to drain and stop. */
export async function runService(
  name: string,
  modules: readonly (Type | DynamicModule)[],
): Promise<void> {
  try {
    const config = loadConfig();
    if (config.databaseUrl === undefined) {
      throw new ConfigError([
        `DATABASE_URL must name the PostgreSQL that the services share: ${name} runs alone`,
      ]);
    }
    const running = await runProcess(config, modules);
    running.infrastructure.logger.info({ service: name, url: running.url }, 'ready');
    const signal = await untilSignal();
    running.infrastructure.logger.info({ service: name, signal }, 'stopping');
    await running.stop();
    process.exit();
  } catch (error) {
    process.stderr.write(`imprest ${name} cannot start: ${explain(error)}\n`);
    process.exit(1);
  }
}
