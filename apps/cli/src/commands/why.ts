import { ModelBreakers, systemClock, WaitingReasons, WorkerFleet } from '@imprest/application';
import { loadModels, openJobQueue } from '@imprest/platform';
import { PostgresWorkerRegistry } from '@imprest/worker-registry-postgres';
import { Command } from 'commander';
import { type Engines, withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { orRefusal } from '../terminal/or-refusal.js';
import type { Terminal } from '../terminal/terminal.js';

interface WhyOptions {
  readonly json?: boolean;
}

async function withReasons(
  engines: Engines,
  terminal: Terminal,
  work: (reasons: WaitingReasons) => Promise<void>,
): Promise<void> {
  const { config, connectionString } = engines;
  const clock = systemClock;
  const store = await engines.eventStore();
  const runner = engines.runner(store);
  const catalogue = loadModels(config.modelsFile);
  const breakers = new ModelBreakers(store, clock);
  const queue = await openJobQueue(connectionString);
  const registry = new PostgresWorkerRegistry({ connectionString });
  const troubled = (what: string, error: unknown) => terminal.say(`imprest: ${what}: ${error}`);
  const fleet = new WorkerFleet({ registry, catalogue, clock, troubled });
  try {
    await work(new WaitingReasons({ runner, store, queue, fleet, catalogue, breakers, clock }));
  } finally {
    await Promise.all([queue.close(), registry.close()]);
  }
}

async function why(terminal: Terminal, id: string, { json }: WhyOptions): Promise<void> {
  await withEngines(terminal, (engines) =>
    withReasons(engines, terminal, (reasons) =>
      orRefusal(terminal, async () => {
        const answer = await reasons.of(id);
        if (json) return terminal.printJson(answer);
        const { status, model, workerId, attempts } = answer;
        const by = workerId === null ? '' : ` by ${workerId}`;
        await terminal.print(`${id} of model ${model} is ${status}${by}, attempts: ${attempts}`);
        for (const { message } of answer.reasons) await terminal.print(`- ${message}`);
      }),
    ),
  );
}

/** Why a job waits. */
export function whyCommand(terminal: Terminal): Command {
  return new Command('why')
    .description('why a job waits: its place, its workers, its model, its deadlines')
    .argument('<id>', 'of the generation')
    .addOption(jsonOption())
    .action((id: string, options: WhyOptions) => why(terminal, id, options));
}
