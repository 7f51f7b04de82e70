import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, Experiment, Figures, OpenExperiment } from '../harness/experiment.js';
import { generationRequest } from '../load/requests.js';
import { withDatabase } from '../postgres.js';
import { AdminClient } from '../product/admin-client.js';
import {
  type Installation,
  newInstallation,
  type ProductProcess,
  startProduct,
} from '../product/product-process.js';
import { makeMessages } from './make-messages.js';
import { withSink } from './with-sink.js';

const RATE = 'deliveries/s';
const MOST = 'ms until 99 % came';
const RESIDENT = 'MiB resident';
const TENANTS = 20;
const ENDPOINTS_EACH = 50;
/** Until every place that dead endpoints can have is taken, and what waits for them was looked at. */
const SETTLING_MS = 10_000;
const LANES = 16;

/** Path of the n-th endpoint; each is a receiver of its own. */
type PathOf = (n: number) => string;

const healthy: PathOf = () => '/';
const oneDeadOneSlow: PathOf = (n) => (n === 0 ? '/dead' : n === ENDPOINTS_EACH ? '/slow' : '/');
const allDead: PathOf = () => '/dead';

async function inLanes(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

class TenantApi {
  constructor(
    private readonly port: number,
    private readonly keys: readonly string[],
  ) {}

  /** @throws Error for any answer but a success */
  async post(tenant: number, path: string, body: string): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.keys[tenant]}` },
      body,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${text}`);
  }
}

/** Each of 1,000 endpoints has one message due for each request of its tenant. */
async function makeDue(
  bench: Bench,
  installation: Installation,
  sinkPort: number,
  pathOf: PathOf,
  requestsEach: number,
): Promise<void> {
  const server = await startProduct(bench, installation, ['api'], 'program');
  try {
    const keys = await new AdminClient(server.port, installation.adminKey).createTenants(TENANTS);
    const api = new TenantApi(server.port, keys);
    await inLanes(TENANTS * ENDPOINTS_EACH, (n) => {
      const host = `127.1.${Math.floor(n / 200)}.${1 + (n % 200)}`;
      const url = `http://${host}:${sinkPort}${pathOf(n)}`;
      const endpoint = JSON.stringify({ url, events: ['generation.cancelled'] });
      return api.post(Math.floor(n / ENDPOINTS_EACH), '/v1/webhook-endpoints', endpoint);
    });
    await inLanes(TENANTS * requestsEach, (n) =>
      api.post(n % TENANTS, generationRequest.path, generationRequest.body),
    );
  } finally {
    await server.stop();
  }
  const made = await makeMessages(bench, installation);
  if (made !== TENANTS * requestsEach) throw new Error(`${made} generations were cancelled`);
}

async function measured(
  bench: Bench,
  pathOf: PathOf,
  requestsEach: number,
  measure: (
    deliverer: ProductProcess,
    arrive: (requests: number) => Promise<{ elapsedMs: number; mostMs: number }>,
  ) => Promise<Figures>,
): Promise<Figures> {
  return withDatabase(await bench.servers.main(), (connectionString) =>
    withSink(bench, async (sink, port) => {
      const installation = await newInstallation(bench, connectionString);
      await makeDue(bench, installation, port, pathOf, requestsEach);
      const deliverer = await startProduct(bench, installation, ['webhooks'], 'program');
      try {
        return await measure(deliverer, (requests) => sink.ask({ requests }, 600_000));
      } finally {
        await deliverer.stop();
      }
    }),
  );
}

function deliver(bench: Bench, pathOf: PathOf, requestsEach: number): Promise<Figures> {
  const all = Array.from({ length: TENANTS * ENDPOINTS_EACH }, (_, n) => pathOf(n));
  const counted = all.filter((path) => path === '/').length * requestsEach;
  const warmUp = Math.round(counted / 4);
  return measured(bench, pathOf, requestsEach, async (deliverer, arrive) => {
    await arrive(warmUp);
    const { elapsedMs, mostMs } = await arrive(counted - warmUp);
    return {
      [RATE]: ((counted - warmUp) / elapsedMs) * 1000,
      [MOST]: mostMs,
      [RESIDENT]: deliverer.residentMiB(),
    };
  });
}

function keepPending(bench: Bench, requestsEach: number): Promise<Figures> {
  return measured(bench, allDead, requestsEach, async (deliverer) => {
    await delay(SETTLING_MS);
    return {
      [RESIDENT]: deliverer.residentMiB(),
      'messages pending': TENANTS * ENDPOINTS_EACH * requestsEach,
    };
  });
}

/** What one endpoint that never answers and one that takes two seconds cost 998 others. */
export const webhookEndpointsExperiment: Experiment = {
  name: 'webhook-endpoints',
  title: `deliveries to ${TENANTS * ENDPOINTS_EACH} registered endpoints of ${TENANTS} tenants`,
  async open(bench: Bench): Promise<OpenExperiment> {
    const requestsEach = bench.options.quick ? 3 : 10;
    const figure = (variant: string, name: string) => ({ variant, figure: name });
    return {
      variants: [
        { name: 'healthy', measure: () => deliver(bench, healthy, requestsEach) },
        { name: 'one dead, one slow', measure: () => deliver(bench, oneDeadOneSlow, requestsEach) },
        { name: 'all dead', measure: () => keepPending(bench, 2 * requestsEach) },
      ],
      comparisons: [
        {
          what: 'one dead and one slow among 1,000 / none: rate',
          of: figure('one dead, one slow', RATE),
          to: figure('healthy', RATE),
          target: { atLeast: 0.95 },
        },
        {
          what: 'one dead and one slow among 1,000 / none: time until 99 % came',
          of: figure('one dead, one slow', MOST),
          to: figure('healthy', MOST),
          target: { atMost: 1.05 },
        },
        {
          what: 'memory with twice as many pending at dead endpoints / none pending',
          of: figure('all dead', RESIDENT),
          to: figure('healthy', RESIDENT),
          target: { atMost: 1.25 },
        },
      ],
    };
  },
};
