import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Child } from '../harness/child.js';
import type { LoopResult } from '../harness/closed-loop.js';
import type { Bench } from '../harness/experiment.js';
import type { Place } from '../harness/pinning.js';
import type { SubmitPlan } from './submit-loop.js';

/** Which modules of the product one process runs. */
export type Part = 'api' | 'ledger' | 'orchestrator' | 'webhooks';

/** What all processes of one installation share. */
export interface Installation {
  readonly connectionString: string;
  readonly dataDirectory: string;
  readonly adminKey: string;
  readonly workerKey: string;
  /** PostgreSQL when absent. */
  readonly eventStore?: string;
}

export type ProductCommand = { readonly profile: string } | { readonly submit: SubmitPlan };

export type ProductAnswer = { readonly port: number } | LoopResult;

export interface ProductProcess {
  readonly port: number;
  /** CPU time used so far. */
  cpuMs(): number;
  residentMiB(): number;
  /** `start`, or the file to write what was sampled since. */
  profile(command: string): Promise<void>;
  /** Accepts requests without HTTP. */
  submit(plan: SubmitPlan): Promise<LoopResult>;
  /** Drains and stops. */
  stop(): Promise<void>;
}

export async function newInstallation(
  bench: Bench,
  connectionString: string,
): Promise<Installation> {
  const secret = () => randomBytes(24).toString('hex');
  return {
    connectionString,
    dataDirectory: await mkdtemp(join(bench.folder, 'product-')),
    adminKey: secret(),
    workerKey: secret(),
  };
}

/** The configuration that all of them start with. */
export function productEnvironment({
  connectionString,
  dataDirectory,
  adminKey,
  workerKey,
  eventStore = 'postgres',
}: Installation): Readonly<Record<string, string>> {
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: connectionString,
    EVENT_STORE: eventStore,
    IMPREST_DATA_DIR: dataDirectory,
    IMPREST_ADMIN_KEY: adminKey,
    IMPREST_WORKER_KEY: workerKey,
    LOG_LEVEL: 'info',
    WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8',
    NEW_ACCOUNT_CREDITS: '0',
  };
}

/** The product in a process of its own, logging to a file at level info as in production. */
export async function startProduct(
  bench: Bench,
  installation: Installation,
  parts: readonly Part[],
  place: Place,
): Promise<ProductProcess> {
  const program = 'product/product-program';
  const { child, first } = await Child.start<ProductCommand, ProductAnswer>(program, {
    place,
    pinning: bench.pinning,
    logFile: join(installation.dataDirectory, `${parts.join('-')}.log`),
    env: { ...productEnvironment(installation), BENCH_PARTS: parts.join(' ') },
  });
  return {
    port: (first as { port: number }).port,
    cpuMs: () => child.cpuMs(),
    residentMiB: () => child.residentMiB(),
    profile: async (profile) => void (await child.ask({ profile })),
    submit: async (submit) => (await child.ask({ submit })) as LoopResult,
    stop: () => child.stop(),
  };
}

/** A worker with a no-op provider, speaking to an orchestrator over HTTP. */
export async function startWorkerProcess(
  bench: Bench,
  installation: Installation,
  orchestratorPort: number,
  slots: number,
): Promise<{ stop(): Promise<void> }> {
  const { child } = await Child.start('product/worker-program', {
    place: 'load',
    pinning: bench.pinning,
    logFile: join(installation.dataDirectory, 'worker.log'),
    env: {
      ...productEnvironment(installation),
      ORCHESTRATOR_URL: `http://127.0.0.1:${orchestratorPort}`,
      WORKER_SLOTS: String(slots),
    },
  });
  return { stop: () => child.stop() };
}
