import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@imprest/postgres-embedded';
import { type ServiceName, ServiceProcess } from './service-process.js';

type Environment = Readonly<Record<string, string>>;

const BESIDE_THE_API: readonly ServiceName[] = ['ledger', 'orchestrator', 'webhooks'];

/** PostgreSQL, and the five services as processes of their own: the whole product, taken apart. */
export class SplitDeployment {
  readonly adminKey = `imp_admin_${randomBytes(32).toString('hex')}`;
  private readonly services: ServiceProcess[] = [];

  private constructor(
    readonly databaseUrl: string,
    /** Goes with the deployment. */
    readonly folder: string,
    private readonly stopDatabase: () => Promise<void>,
  ) {}

  /** The database alone: services are started by `start` and `startAll`. */
  static async create(): Promise<SplitDeployment> {
    const folder = await mkdtemp(join(tmpdir(), 'imprest-split-'));
    const server = await startEmbeddedPostgres({
      dataDirectory: join(folder, 'postgresql'),
      settings: { fsync: 'off', full_page_writes: 'off' },
    });
    return new SplitDeployment(server.connectionString, folder, () => server.stop());
  }

  /** What all services of the deployment have in common. */
  get environment(): Environment {
    return {
      DATABASE_URL: this.databaseUrl,
      IMPREST_DATA_DIR: join(this.folder, 'data'),
      IMPREST_ADMIN_KEY: this.adminKey,
      WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8',
      NEW_ACCOUNT_CREDITS: '0',
    };
  }

  /** Any number of each; all of them end with the deployment. */
  start(name: ServiceName, more: Environment = {}): Promise<ServiceProcess> {
    const service = ServiceProcess.spawn(name, { ...this.environment, ...more });
    this.services.push(service);
    return service.ready();
  }

  async startAll(more: Environment = {}): Promise<void> {
    await this.start('api', more);
    await Promise.all(BESIDE_THE_API.map((name) => this.start(name, more)));
    await this.start('worker', { ...more, ORCHESTRATOR_URL: this.of('orchestrator').url });
  }

  /** The first one of that name. */
  of(name: ServiceName): ServiceProcess {
    const service = this.services.find((each) => each.name === name);
    if (service === undefined) throw new Error(`${name} was not started`);
    return service;
  }

  /** What all of them have printed so far. */
  get output(): string {
    return this.services.map(({ output }) => output).join('');
  }

  async dispose(): Promise<void> {
    await Promise.all(
      this.services.map(async (service) => {
        const code = await service.stop();
        // One that failed by itself says why nowhere else.
        if (code)
          console.error(`${service.name} ended with ${code}:\n${service.output.slice(-8_000)}`);
      }),
    );
    await this.stopDatabase();
    await rm(this.folder, { recursive: true, force: true });
  }
}
