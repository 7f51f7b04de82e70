import type { DynamicModule, Type } from '@nestjs/common';
import { ConfigError, loadConfig } from '../config/index.js';
import { type RunningProcess, runProcess } from './run-process.js';
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

/** The end of a process that has lost what it cannot do without. */
export async function giveUp(
  name: string,
  running: Pick<RunningProcess, 'stop'>,
  reason: string,
): Promise<never> {
  process.stderr.write(`imprest ${name} stops: ${reason}\n`);
  await running.stop().catch(() => undefined);
  process.exit(1);
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
    const lost = running.infrastructure.lost.then((reason) => new Error(reason));
    const why = await Promise.race([untilSignal(), lost]);
    if (why instanceof Error) await giveUp(name, running, why.message);
    logger.info({ service: name, signal: why }, 'stopping');
    await endProcess(name, () => running.stop());
  } catch (error) {
    process.stderr.write(`imprest ${name} cannot start: ${explain(error)}\n`);
    process.exit(1);
  }
}
