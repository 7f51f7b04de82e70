import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { EventStoreDbServerProcess } from '@imprest/testkit/eventstoredb';
import { inject } from 'vitest';
import type {} from '../shared-kafka.js';
import { SplitDeployment } from '../split-deployment.js';
import type { Deployment, Environment } from './deployment.js';

const CLI = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));
const PARTITIONS = '3';

/** Five processes on PostgreSQL, which follow its event table. */
export async function split(environment: Environment): Promise<Deployment> {
  return start(await SplitDeployment.create(), environment);
}

/** Five processes on PostgreSQL; events go through Kafka. */
export async function onKafka(environment: Environment): Promise<Deployment> {
  const deployment = await SplitDeployment.create();
  return start(deployment, { ...environment, ...kafkaTopics(deployment) });
}

/** Five processes; events are kept by EventStoreDB and go through Kafka. */
export async function onEventStoreDbAndKafka(environment: Environment): Promise<Deployment> {
  const store = await EventStoreDbServerProcess.start();
  const deployment = await SplitDeployment.create();
  const engines = { ...kafkaTopics(deployment), EVENT_STORE: store.connectionString };
  return start(deployment, { ...environment, ...engines }, () => store.stop());
}

async function start(
  deployment: SplitDeployment,
  environment: Environment,
  andThen: () => Promise<unknown> = async () => {},
): Promise<Deployment> {
  const dispose = async () => {
    await deployment.dispose();
    await andThen();
  };
  try {
    await deployment.startAll(environment);
  } catch (error) {
    await dispose();
    throw error;
  }
  const { adminKey } = deployment;
  const anotherApi = async () => (await deployment.start('api', environment)).url;
  const output = () => deployment.output;
  return { url: deployment.of('api').url, adminKey, anotherApi, output, dispose };
}

/** Topics of its own on the Kafka that all tests share. */
function kafkaTopics({ environment }: SplitDeployment): Environment {
  const prefix = `e2e-${randomBytes(4).toString('hex')}`;
  const bus = { MESSAGE_BUS: `kafka://${inject('kafkaBrokers').join()}?prefix=${prefix}` };
  const { PATH = '', HOME = '' } = process.env;
  execFileSync(process.execPath, [CLI, 'topics', 'create', '--partitions', PARTITIONS], {
    env: { PATH, HOME, ...environment, ...bus },
  });
  return bus;
}
