import { DomainFailure, pause, systemClock, WebhookRecoveries } from '@imprest/application';
import { type RecoverableStatus, recoverableStatuses, type WebhookRecovery } from '@imprest/domain';
import { Command, InvalidArgumentError, Option } from 'commander';
import { withEngines } from '../engines.js';
import { jsonOption, time } from '../events/event-options.js';
import { operatorAtTerminal } from '../ledger/operator-at-terminal.js';
import { tableLines, whole } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

interface RecoverOptions {
  readonly tenant: string;
  readonly since: Date;
  readonly until?: Date;
  readonly endpoint?: string;
  readonly status?: readonly RecoverableStatus[];
  readonly reason: string;
  readonly key?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

interface ListOptions {
  readonly tenant: string;
  readonly json?: boolean;
}

const LOOK_MS = 500;

async function withRecoveries(
  terminal: Terminal,
  work: (recoveries: WebhookRecoveries) => Promise<void>,
): Promise<void> {
  await withEngines(terminal, async (engines) => {
    const runner = engines.runner(await engines.eventStore());
    await work(new WebhookRecoveries(runner, systemClock));
  });
}

function lines(recoveries: readonly WebhookRecovery[]): readonly string[] {
  const right = { align: 'right' } as const;
  const columns = [
    { title: 'id' },
    { title: 'status' },
    { title: 'looked at', ...right },
    { title: 'sent again', ...right },
    { title: 'since' },
    { title: 'until' },
    { title: 'endpoint' },
  ];
  const rows = recoveries.map((each) => [
    ...[each.recoveryId, each.status, whole(each.looked), whole(each.recovered)],
    ...[each.since, each.until, each.endpointId ?? 'all'],
  ]);
  return tableLines(columns, rows);
}

async function show(
  terminal: Terminal,
  recoveries: readonly WebhookRecovery[],
  json: boolean | undefined,
): Promise<void> {
  if (json) for (const recovery of recoveries) await terminal.printJson(recovery);
  else await terminal.print(lines(recoveries).join('\n'));
}

async function untilEnded(
  recoveries: WebhookRecoveries,
  tenant: string,
  recovery: WebhookRecovery,
  signal: AbortSignal,
): Promise<WebhookRecovery> {
  let latest = recovery;
  while (latest.status === 'running' && !signal.aborted) {
    await pause(LOOK_MS, signal);
    latest = await recoveries.get(tenant, latest.recoveryId);
  }
  return latest;
}

async function recover(terminal: Terminal, options: RecoverOptions): Promise<void> {
  const { tenant, since, until, endpoint, status, reason, key, wait, json } = options;
  const selection = { since, until, endpointId: endpoint, statuses: status };
  const asked = { ...selection, reason, idempotencyKey: key ?? null };
  await withRecoveries(terminal, async (recoveries) => {
    try {
      let recovery = await recoveries.request(tenant, asked, operatorAtTerminal());
      if (wait) recovery = await untilEnded(recoveries, tenant, recovery, terminal.signal);
      await show(terminal, [recovery], json);
    } catch (error) {
      if (!(error instanceof DomainFailure)) throw error;
      terminal.say(`imprest: ${error.message}`);
      terminal.exitCode = 1;
    }
  });
}

async function list(terminal: Terminal, { tenant, json }: ListOptions): Promise<void> {
  await withRecoveries(terminal, async (recoveries) => {
    const known = await recoveries.list(tenant);
    if (known.length === 0 && !json) await terminal.print('Nothing was recovered.');
    else await show(terminal, known, json);
  });
}

function knownStatus(text: string, before: readonly string[] | undefined): readonly string[] {
  if ((recoverableStatuses as readonly string[]).includes(text)) return [...(before ?? []), text];
  throw new InvalidArgumentError(`one of ${recoverableStatuses.join(', ')}.`);
}

const tenantOption = () => new Option('--tenant <id>', 'whose messages').makeOptionMandatory(true);

/** Webhook messages that are sent again together. */
export function webhooksCommand(terminal: Terminal): Command {
  const webhooks = new Command('webhooks').description('webhook messages of a tenant');
  webhooks
    .command('recover')
    .description('send again what did not arrive, behind live messages; needs the webhooks service')
    .addOption(tenantOption())
    .addOption(
      new Option('--since <time>', 'messages made then or later (ISO 8601)')
        .argParser(time)
        .makeOptionMandatory(true),
    )
    .addOption(new Option('--until <time>', 'messages made before; now').argParser(time))
    .option('--endpoint <id>', 'messages to one endpoint only')
    .addOption(
      new Option(
        '--status <status>',
        'what became of them; may be given several times; all but delivered',
      ).argParser(knownStatus),
    )
    .addOption(new Option('--reason <text>', 'goes on record').makeOptionMandatory(true))
    .option('--key <key>', 'asked again under it, it is the same recovery')
    .option('--wait', 'until every message was asked for again')
    .addOption(jsonOption())
    .action((options: RecoverOptions) => recover(terminal, options));
  webhooks
    .command('recoveries')
    .description('the latest recoveries of a tenant and how far they got')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action((options: ListOptions) => list(terminal, options));
  return webhooks;
}
