import PgBoss from 'pg-boss';
import { BATCH, CALLERS, type Contender, drainBy, queueInBatches, WORKERS } from './contender.js';

const QUEUE = 'bench';

/** pg-boss without its schedules, which would work beside the measurement. */
export async function pgBossQueue(connectionString: string): Promise<Contender> {
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false, max: WORKERS });
  let closing = false;
  boss.on('error', (error) => {
    if (!closing) throw error;
  });
  await boss.start();
  await boss.createQueue(QUEUE);
  const drain = (callers: number, batchSize: number) =>
    drainBy(callers, async () => {
      const jobs = await boss.fetch(QUEUE, { batchSize });
      if (jobs.length > 0) {
        await boss.complete(
          QUEUE,
          jobs.map(({ id }) => id),
        );
      }
      return jobs.length;
    });
  return {
    name: 'pg-boss',
    enqueue: (jobs) =>
      queueInBatches(jobs, (batch) =>
        boss.insert(batch.map((data) => ({ name: QUEUE, data: { ...data } }))),
      ),
    drain: () => drain(CALLERS, BATCH),
    drainOneByOne: () => drain(WORKERS, 1),
    close: () => {
      closing = true;
      return boss.stop({ graceful: true, wait: true, timeout: 5_000 });
    },
  };
}
