import type { MeasuredProgram } from '../accept/measured-program.js';
import type { Bench } from '../harness/experiment.js';
import { withClient } from '../postgres.js';
import { AdminClient } from './admin-client.js';
import { newInstallation, type Part, startProduct, startWorkerProcess } from './product-process.js';

export interface ProductVariant {
  readonly parts: readonly Part[];
  readonly tenants: number;
  /** Slots of a worker in a process of its own; none when absent. */
  readonly workerSlots?: number;
}

/** The product as it is run: authentication, limits, moderation, two facts, logs and metrics. */
export function productProgram({ parts, tenants, workerSlots = 0 }: ProductVariant) {
  return async (bench: Bench, connectionString: string): Promise<MeasuredProgram> => {
    const installation = await newInstallation(bench, connectionString);
    const product = await startProduct(bench, installation, parts, 'program');
    const { port, cpuMs, profile, submit } = product;
    const worker =
      workerSlots > 0
        ? await startWorkerProcess(bench, installation, port, workerSlots)
        : undefined;
    const stop = async () => {
      await worker?.stop();
      await product.stop();
    };
    const keys = await new AdminClient(port, installation.adminKey).createTenants(tenants);
    return {
      port,
      keys,
      cpuMs,
      profile,
      submit: (plan) => submit({ ...plan, tenants }),
      stop,
      verify: (answers) => verify(connectionString, answers),
    };
  };
}

/** Each answer is two facts, and there are no others: neither a hold without a request nor the reverse. */
async function verify(connectionString: string, answers: number): Promise<void> {
  const counts = await withClient(connectionString, async (client) => {
    const { rows } = await client.query<{ type: string; events: string }>(
      `select type, count(*) as events from event_store.events
        where metadata->>'correlationId' <> 'preload'
          and type in ('GenerationRequested', 'TokensHeld') group by type`,
    );
    return new Map(rows.map(({ type, events }) => [type, Number(events)]));
  });
  for (const type of ['GenerationRequested', 'TokensHeld']) {
    const events = counts.get(type) ?? 0;
    if (events !== answers) throw new Error(`product: ${answers} answers but ${events} ${type}`);
  }
}
