import type { Finding } from '@imprest/ledger-seal';
import { type LedgerVerification, verifyLedger } from '@imprest/read-models';
import { Command } from 'commander';
import { withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { anchorsOf, publicKeyOf } from '../sealing/audit-inputs.js';
import { whole } from '../terminal/format.js';
import { ProgressDisplay } from '../terminal/progress-line.js';
import type { Terminal } from '../terminal/terminal.js';

interface Options {
  readonly publicKey?: string;
  readonly anchor: readonly string[];
  readonly json?: boolean;
}

async function verify(terminal: Terminal, options: Options): Promise<void> {
  const trusted =
    options.publicKey === undefined ? undefined : await publicKeyOf(options.publicKey);
  const anchors = await anchorsOf(options.anchor);
  const display = new ProgressDisplay(terminal);
  const verified = await withEngines(terminal, async (engines) => {
    const { connectionString } = engines;
    const eventStore = await engines.eventStore();
    const onProgress = display.show;
    return verifyLedger({ eventStore, connectionString, trusted, anchors, onProgress });
  }).finally(() => display.end());
  const vouched = trusted === undefined || verified.vouchedUpTo === verified.seals;
  if (verified.findingsCount > 0 || !vouched) terminal.exitCode = 1;
  if (options.json) await terminal.printJson(verified);
  else await terminal.print(report(verified, trusted?.keyId).join('\n'));
}

function report(verified: LedgerVerification, keyId: string | undefined): readonly string[] {
  const { seals, findings, findingsCount, sealedUpTo, notBooked } = verified;
  const lines = findings.map(findingLine);
  if (findingsCount > findings.length) lines.push(`and ${findingsCount - findings.length} more`);
  const rate = whole(Math.round(verified.events / Math.max(verified.seconds, 0.001)));
  lines.push(
    `${findingsCount === 0 ? 'Intact' : `NOT INTACT: ${findingsCount} findings`}. ` +
      `${whole(verified.events)} events, ${whole(verified.entries)} entries of ` +
      `${whole(verified.accounts)} accounts up to position ${verified.upTo}, ${rate} events/s.`,
    seals === 0 ? 'No seal yet.' : `${seals} seals up to position ${sealedUpTo}.`,
  );
  if (notBooked > 0) lines.push(`${whole(notBooked)} events are not in the journal yet.`);
  if (keyId !== undefined) {
    lines.push(`Key ${keyId} vouches for ${verified.vouchedUpTo} of ${seals} seals.`);
  }
  return lines;
}

export function findingLine({ position, where, problem }: Finding): string {
  return position === null
    ? `${where}: ${problem}`
    : `${where} at position ${position}: ${problem}`;
}

const several = (text: string, before: readonly string[]) => [...before, text];

export function ledgerVerifyCommand(terminal: Terminal): Command {
  return new Command('verify')
    .description(
      'check chains, seals, zero sums, snapshots, and that the journal is what the events give',
    )
    .option(
      '--public-key <key>',
      'key or file of a key known from elsewhere that has to vouch for all seals',
    )
    .option('--anchor <file>', 'seal kept elsewhere; may be given several times', several, [])
    .addOption(jsonOption())
    .action((options: Options) => verify(terminal, options));
}
