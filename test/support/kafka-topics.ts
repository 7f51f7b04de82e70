import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { runCli } from './cli-program.js';
import type { Environment } from './deployments/deployment.js';
import type {} from './shared-kafka.js';

const PARTITIONS = '3';

/** Topics of its own for a deployment, on the Kafka that all tests share; the configuration that says so. */
export async function topicsOfItsOwn(environment: Environment): Promise<Environment> {
  const prefix = `e2e-${randomBytes(4).toString('hex')}`;
  const bus = { MESSAGE_BUS: `kafka://${inject('kafkaBrokers').join()}?prefix=${prefix}` };
  await createTopics({ ...environment, ...bus });
  return bus;
}

/** @throws Error with the command's own complaint */
export async function createTopics(environment: Environment): Promise<void> {
  const { code, err } = await runCli(environment, 'topics', 'create', '--partitions', PARTITIONS);
  if (code !== 0) throw new Error(err);
}
