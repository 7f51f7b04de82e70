import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '@imprest/testkit';
import { EventStoreDbServerProcess } from '@imprest/testkit/eventstoredb';
import { type KafkaBroker, startKafkaBroker } from '@imprest/testkit/kafka';
import { BLANK_MODEL } from '../../support/blank-model.js';
import { type CliEnd, runCli } from '../../support/cli-program.js';
import type { Environment } from '../../support/deployments/deployment.js';
import { createTopics } from '../../support/kafka-topics.js';
import type { ServiceName, ServiceProcess } from '../../support/service-process.js';
import { SplitDeployment } from '../../support/split-deployment.js';

const LEASE_SECONDS = '3';
const WORKER_SLOTS = '16';
export const SERVICES = ['api', 'ledger', 'orchestrator', 'webhooks', 'worker'] as const;
/** Two of each, so that one can take over: consumers, and three more that could be the relay. */
const SECOND: readonly ServiceName[] = ['ledger', 'orchestrator', 'webhooks'];

/** Every service and every engine of the scaled-out product, each a process that can be hurt by itself. */
export class Trial {
  private readonly ports = new Map<ServiceName, string>();
  /** The first of each kind, which faults hit. */
  private readonly services = new Map<ServiceName, ServiceProcess>();

  private constructor(
    readonly store: EventStoreDbServerProcess,
    readonly broker: KafkaBroker,
    readonly deployment: SplitDeployment,
    private readonly engines: Environment,
  ) {}

  static async start(): Promise<Trial> {
    const deployment = await SplitDeployment.create();
    const dataFile = join(deployment.folder, 'events.jsonl');
    const store = await EventStoreDbServerProcess.start({ dataFile, sync: true });
    const broker = await startKafkaBroker();
    const modelsFile = join(deployment.folder, 'models.yaml');
    await writeFile(modelsFile, BLANK_MODEL);
    const trial = new Trial(store, broker, deployment, {
      EVENT_STORE: store.connectionString,
      MESSAGE_BUS: `kafka://${broker.brokers.join()}?prefix=faults`,
      IMPREST_MODELS: modelsFile,
      LEASE_SECONDS,
      WORKER_SLOTS,
    });
    await trial.startServices();
    return trial;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.ports.get('api')}`;
  }

  get adminKey(): string {
    return this.deployment.adminKey;
  }

  /** As an operator would type it. */
  cli(...args: readonly string[]): Promise<CliEnd> {
    return runCli({ ...this.deployment.environment, ...this.engines }, ...args);
  }

  service(name: ServiceName): ServiceProcess {
    const service = this.services.get(name);
    if (service === undefined) throw new Error(`${name} was not started`);
    return service;
  }

  async startService(name: ServiceName): Promise<void> {
    this.services.set(name, await this.deployment.start(name, this.environmentOf(name)));
  }

  /** Broker and event store up and well, every service running. */
  async heal(): Promise<void> {
    await this.store.restore();
    for (const name of SERVICES) {
      this.service(name).thaw();
      if (!this.service(name).running) await this.startService(name);
    }
  }

  async dispose(): Promise<void> {
    await this.deployment.dispose();
    await Promise.all([this.store.stop(), this.broker.stop()]);
  }

  private environmentOf(name: ServiceName): Environment {
    const orchestrator = `http://127.0.0.1:${this.ports.get('orchestrator')}`;
    const port = this.ports.get(name);
    return {
      ...this.engines,
      ...(port !== undefined && { PORT: port }),
      ...(name === 'worker' && { ORCHESTRATOR_URL: orchestrator }),
    };
  }

  private async startServices(): Promise<void> {
    await createTopics({ ...this.deployment.environment, ...this.engines });
    const ports = await freePorts(SERVICES.length);
    for (const [n, name] of SERVICES.entries()) {
      if (name !== 'worker') this.ports.set(name, String(ports[n]));
      await this.startService(name);
    }
    for (const name of SECOND) await this.deployment.start(name, this.engines);
  }
}
