import { type RegisteredWorker, WorkerControl, type WorkerDecision } from '@imprest/application';
import { PostgresWorkerRegistry } from '@imprest/worker-registry-postgres';
import { Command, Option } from 'commander';
import { withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { operatorAtTerminal } from '../ledger/operator-at-terminal.js';
import { moment, tableLines } from '../terminal/format.js';
import { orRefusal } from '../terminal/or-refusal.js';
import { UsageError } from '../terminal/run-cli.js';
import type { Terminal } from '../terminal/terminal.js';

interface ListOptions {
  readonly json?: boolean;
}

interface DecisionOptions {
  readonly reason: string;
  readonly json?: boolean;
}

const told: Readonly<Record<WorkerDecision, string>> = {
  cordon: 'gets no new work.',
  drain: 'gets no new work, and hears within seconds that it is to finish.',
  uncordon: 'gets work again.',
};

async function withControl(
  terminal: Terminal,
  work: (control: WorkerControl) => Promise<void>,
): Promise<void> {
  await withEngines(terminal, async (engines) => {
    const runner = engines.runner(await engines.eventStore());
    const registry = new PostgresWorkerRegistry(engines);
    try {
      await work(new WorkerControl(runner, registry));
    } finally {
      await registry.close();
    }
  });
}

function lines(workers: readonly RegisteredWorker[]): readonly string[] {
  const right = { align: 'right' } as const;
  const columns = [
    { title: 'worker' },
    { title: 'state' },
    { title: 'slots', ...right },
    { title: 'providers' },
    { title: 'loaded' },
    { title: 'labels' },
    { title: 'seen' },
  ];
  const rows = workers.map(({ id, state, slots, usedSlots, seenAt, ...worker }) => {
    const loaded = worker.residency.filter(({ at }) => at === 'loaded').map(({ model }) => model);
    const labels = Object.entries(worker.labels).map(([name, value]) => `${name}=${value}`);
    const named = (names: readonly string[]) => (names.length === 0 ? '-' : names.join(','));
    return [
      ...[id, state, `${usedSlots}/${slots}`, worker.providers?.join(',') ?? 'all'],
      ...[named(loaded), named(labels), moment(seenAt)],
    ];
  });
  return tableLines(columns, rows);
}

async function list(terminal: Terminal, { json }: ListOptions): Promise<void> {
  await withControl(terminal, async (control) => {
    const workers = await control.list();
    if (json) for (const worker of workers) await terminal.printJson(worker);
    else if (workers.length === 0) await terminal.print('No worker has registered.');
    else await terminal.print(lines(workers).join('\n'));
    if (!workers.some(({ state }) => state === 'active')) terminal.exitCode = 1;
  });
}

async function decide(
  terminal: Terminal,
  decision: WorkerDecision,
  id: string,
  { reason, json }: DecisionOptions,
): Promise<void> {
  if (reason.trim() === '') throw new UsageError('--reason must say why');
  await withControl(terminal, (control) =>
    orRefusal(terminal, async () => {
      const worker = await control.decide(id, decision, reason, operatorAtTerminal());
      await (json ? terminal.printJson(worker) : terminal.print(`${id} ${told[decision]}`));
    }),
  );
}

/** The workers there are, and what operators decide about them. */
export function workersCommand(terminal: Terminal): Command {
  const workers = new Command('workers').description('workers that render, and which get work');
  const decisions: readonly (readonly [WorkerDecision, string])[] = [
    ['cordon', 'give a worker no new work; what it has it finishes'],
    ['drain', 'the same, and tell the worker, so that it can be taken away'],
    ['uncordon', 'give a worker work again'],
  ];
  workers
    .command('list')
    .description('workers that have registered; exit code 1 when none of them gets work')
    .addOption(jsonOption())
    .action((options: ListOptions) => list(terminal, options));
  for (const [decision, meaning] of decisions) {
    workers
      .command(`${decision} <worker>`)
      .description(meaning)
      .addOption(new Option('--reason <text>', 'goes on record').makeOptionMandatory(true))
      .addOption(jsonOption())
      .action((id: string, options: DecisionOptions) => decide(terminal, decision, id, options));
  }
  return workers;
}
