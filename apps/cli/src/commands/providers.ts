import { loadConfig, loadModels, loadProviders } from '@imprest/platform';
import { Command, Option } from 'commander';
import { count, jsonOption } from '../events/event-options.js';
import { checkProvider, type ProviderCheck } from '../providers/check-provider.js';
import { duration, tableLines } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

interface CheckOptions {
  readonly timeout: number;
  readonly json?: boolean;
}

const TIMEOUT_SECONDS = 15;

function checkLines(checks: readonly ProviderCheck[]): readonly string[] {
  const columns = [
    { title: 'provider' },
    { title: 'kind' },
    { title: 'state' },
    { title: 'took', align: 'right' },
    { title: 'models' },
  ] as const;
  const rows = checks.map(({ name, kind, ok, models, elapsedMs }) => [
    ...[name, kind, ok ? 'ok' : 'wrong', duration(elapsedMs / 1_000)],
    models.map((model) => (model.loaded ? model.name : `${model.name} (not loaded)`)).join(', '),
  ]);
  const problems = checks.flatMap(({ name, problems: wrong }) =>
    wrong.map((problem) => `${name}: ${problem}`),
  );
  return [...tableLines(columns, rows), ...problems];
}

async function check(terminal: Terminal, { timeout, json }: CheckOptions): Promise<void> {
  const { environment, signal } = terminal;
  const { providersFile, modelsFile, simulator, workerSlots } = loadConfig(environment);
  const options = {
    services: { slots: workerSlots, simulator, environment },
    catalogue: modelsFile === undefined ? undefined : loadModels(modelsFile),
    timeoutMs: timeout * 1_000,
    signal,
  };
  const entries = loadProviders(providersFile);
  const checks = await Promise.all(entries.map((entry) => checkProvider(entry, options)));
  if (json) for (const each of checks) await terminal.printJson(each);
  else await terminal.print(checkLines(checks).join('\n'));
  if (checks.some(({ ok }) => !ok)) terminal.exitCode = 1;
}

/** What a worker renders with, as IMPREST_PROVIDERS says. */
export function providersCommand(terminal: Terminal): Command {
  const providers = new Command('providers').description('what a worker renders with');
  providers
    .command('check')
    .description(
      'asks every provider how it stands and which models it has; exit code 1 when one is wrong',
    )
    .addOption(
      new Option('--timeout <seconds>', 'for each of them')
        .argParser(count)
        .default(TIMEOUT_SECONDS),
    )
    .addOption(jsonOption())
    .action((options: CheckOptions) => check(terminal, options));
  return providers;
}
