import { setTimeout as delay } from 'node:timers/promises';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import PgBoss from 'pg-boss';
import { serve } from '../harness/serve.js';

export interface PeerCommand {
  readonly jobs: number;
  /** Jobs being put in, and jobs being worked on, at any moment. */
  readonly atOnce: number;
}

export interface PeerAnswer {
  readonly elapsedMs: number;
}

const connectionString = process.env.DATABASE_URL as string;
const IDLE_MS = 1;
const payload = (index: number) => ({ request: index, tenant: `tenant_${index % 1_000}` });

async function lanes(count: number, lane: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, lane));
}

/** Calls `enqueue` for each job, `atOnce` of them under way. */
function putIn({ jobs, atOnce }: PeerCommand, enqueue: (index: number) => Promise<unknown>) {
  let begun = 0;
  return lanes(atOnce, async () => {
    while (begun < jobs) {
      begun += 1;
      await enqueue(begun);
    }
  });
}

type Peer = (command: PeerCommand) => Promise<void>;

async function pgBoss(): Promise<Peer> {
  const boss = new PgBoss({ connectionString, max: 32 });
  await boss.start();
  await boss.createQueue('render');
  return async (command) => {
    let done = 0;
    const work = lanes(command.atOnce, async () => {
      while (done < command.jobs) {
        const [job] = await boss.fetch('render');
        if (job === undefined) {
          await delay(IDLE_MS);
          continue;
        }
        await boss.complete('render', job.id);
        done += 1;
      }
    });
    await putIn(command, (index) => boss.send('render', payload(index)));
    await work;
  };
}

async function graphileWorker(): Promise<Peer> {
  const logger = new Logger(() => () => {});
  const utils = await makeWorkerUtils({ connectionString, maxPoolSize: 32, logger });
  await utils.migrate();
  let left = 0;
  let finish: () => void = () => {};
  await run({
    connectionString,
    concurrency: Number(process.env.AT_ONCE),
    maxPoolSize: 32,
    noHandleSignals: true,
    logger,
    taskList: {
      render: async () => {
        left -= 1;
        if (left === 0) finish();
      },
    },
  });
  return async (command) => {
    left = command.jobs;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await putIn(command, (index) => utils.addJob('render', payload(index)));
    await finished;
  };
}

const peers = { 'pg-boss': pgBoss, 'graphile-worker': graphileWorker };
const peer = await peers[process.env.PEER as keyof typeof peers]();

serve<PeerCommand, PeerAnswer>({ elapsedMs: 0 }, async (command) => {
  const startedAt = performance.now();
  await peer(command);
  return { elapsedMs: performance.now() - startedAt };
});
