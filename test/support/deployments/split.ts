import { EventStoreDbServerProcess } from '@imprest/testkit/eventstoredb';
import { topicsOfItsOwn } from '../kafka-topics.js';
import { SplitDeployment } from '../split-deployment.js';
import type { Deployment, Environment } from './deployment.js';

/** Five processes on PostgreSQL, which follow its event table. */
export async function split(environment: Environment): Promise<Deployment> {
  return start(await SplitDeployment.create(), environment);
}

/** Five processes on PostgreSQL; events go through Kafka. */
export async function onKafka(environment: Environment): Promise<Deployment> {
  const deployment = await SplitDeployment.create();
  const bus = await topicsOfItsOwn(deployment.environment);
  return start(deployment, { ...environment, ...bus });
}

/** Five processes; events are kept by EventStoreDB and go through Kafka. */
export async function onEventStoreDbAndKafka(environment: Environment): Promise<Deployment> {
  const store = await EventStoreDbServerProcess.start();
  const deployment = await SplitDeployment.create();
  const bus = await topicsOfItsOwn(deployment.environment);
  const engines = { ...bus, EVENT_STORE: store.connectionString };
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
