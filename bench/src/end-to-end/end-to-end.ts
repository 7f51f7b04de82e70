import { setTimeout as delay } from 'node:timers/promises';
import { Child } from '../harness/child.js';
import type { Bench, Experiment, Figures, OpenExperiment, Variant } from '../harness/experiment.js';
import { putLoad } from '../load/load.js';
import { withClient, withDatabase } from '../postgres.js';
import { AdminClient } from '../product/admin-client.js';
import { newInstallation, startProduct, startWorkerProcess } from '../product/product-process.js';
import type { PeerAnswer, PeerCommand } from './peer-program.js';

const RATE = 'jobs/s';
const AT_ONCE = 16;
const TENANTS = 20;
const POLL_MS = 50;
const TIMEOUT_MS = 300_000;

/** Jobs that are run before the clock starts. */
const warmUp = (jobs: number) => Math.round(jobs / 3);

/** Until so many holds are settled. @throws Error when more are, or one was released, or none is for long */
async function untilSettled(connectionString: string, holds: number): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  await withClient(connectionString, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ type: string; events: string }>(
        `select type, count(*) as events from event_store.events
          where type in ('HoldSettled', 'HoldReleased') group by type`,
      );
      const count = (name: string) => Number(rows.find(({ type }) => type === name)?.events ?? 0);
      const [settled, released] = [count('HoldSettled'), count('HoldReleased')];
      if (settled === holds) return;
      if (settled > holds || released > 0 || performance.now() > deadline) {
        throw new Error(`of ${holds} holds ${settled} were settled, ${released} released`);
      }
      await delay(POLL_MS);
    }
  });
}

/** From the first request to the last settled hold: API, queue, worker over HTTP, images, settlement. */
async function generate(bench: Bench, connectionString: string, jobs: number): Promise<Figures> {
  const installation = await newInstallation(bench, connectionString);
  const parts = ['api', 'ledger', 'orchestrator', 'webhooks'] as const;
  const product = await startProduct(bench, installation, parts, 'program');
  const worker = await startWorkerProcess(bench, installation, product.port, AT_ONCE);
  try {
    const keys = await new AdminClient(product.port, installation.adminKey).createTenants(TENANTS);
    const target = { port: product.port, keys };
    const plan = { connections: AT_ONCE, warmUpMs: 0, measureMs: TIMEOUT_MS };
    await putLoad(bench, target, { ...plan, requests: warmUp(jobs) });
    await untilSettled(connectionString, warmUp(jobs));
    const startedAt = performance.now();
    await putLoad(bench, target, { ...plan, requests: jobs });
    await untilSettled(connectionString, warmUp(jobs) + jobs);
    return { [RATE]: (jobs / (performance.now() - startedAt)) * 1000 };
  } finally {
    await worker.stop();
    await product.stop();
  }
}

async function runPeer(
  bench: Bench,
  connectionString: string,
  peer: string,
  jobs: number,
): Promise<Figures> {
  const { child } = await Child.start<PeerCommand, PeerAnswer>('end-to-end/peer-program', {
    place: 'program',
    pinning: bench.pinning,
    env: { DATABASE_URL: connectionString, PEER: peer, AT_ONCE: String(AT_ONCE) },
  });
  try {
    await child.ask({ jobs: warmUp(jobs), atOnce: AT_ONCE }, TIMEOUT_MS);
    const { elapsedMs } = await child.ask({ jobs, atOnce: AT_ONCE }, TIMEOUT_MS);
    return { [RATE]: (jobs / elapsedMs) * 1000 };
  } finally {
    await child.stop();
  }
}

/** A whole generation with a provider that makes nothing, and what two job queues do with an empty job. */
export const endToEndExperiment: Experiment = {
  name: 'end-to-end',
  title: 'from request to settled hold with a no-op provider; a job put in and done for the peers',
  async open(bench: Bench): Promise<OpenExperiment> {
    const jobs = bench.options.quick ? 300 : 1_500;
    const server = await bench.servers.main();
    const variant = (
      name: string,
      run: (connectionString: string) => Promise<Figures>,
    ): Variant => ({
      name,
      measure: () => withDatabase(server, run),
    });
    const peers = ['pg-boss', 'graphile-worker'];
    return {
      variants: [
        variant('product', (connectionString) => generate(bench, connectionString, jobs)),
        ...peers.map((peer) =>
          variant(peer, (connectionString) => runPeer(bench, connectionString, peer, jobs)),
        ),
      ],
      comparisons: peers.map((peer) => ({
        what: `generations / ${peer}, one job at a time, ${AT_ONCE} at once`,
        of: { variant: 'product', figure: RATE },
        to: { variant: peer, figure: RATE },
      })),
    };
  },
};
