import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import {
  type Anchor,
  type BundleVerification,
  type Finding,
  type SealPublicKey,
  verifyBundle,
} from '@imprest/ledger-seal';
import { type LedgerVerification, verifyLedger } from '@imprest/read-models';
import { Command } from 'commander';
import { withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { anchorsOf, publicKeyOf } from '../sealing/audit-inputs.js';
import { whole } from '../terminal/format.js';
import { ProgressDisplay } from '../terminal/progress-line.js';
import type { Terminal } from '../terminal/terminal.js';

interface Options {
  readonly bundle?: string;
  readonly publicKey?: string;
  readonly anchor: readonly string[];
  readonly json?: boolean;
}

interface Against {
  readonly trusted: SealPublicKey | undefined;
  readonly anchors: readonly Anchor[];
}

type Verified = BundleVerification & Partial<LedgerVerification>;

async function verify(terminal: Terminal, options: Options): Promise<void> {
  const trusted =
    options.publicKey === undefined ? undefined : await publicKeyOf(options.publicKey);
  const against = { trusted, anchors: await anchorsOf(options.anchor) };
  const verified: Verified =
    options.bundle === undefined
      ? await verifyStore(terminal, against)
      : await verifyFile(options.bundle, against);
  const vouched = trusted === undefined || verified.vouchedUpTo === verified.seals;
  if (verified.findingsCount > 0 || !vouched) terminal.exitCode = 1;
  if (options.json) await terminal.printJson(verified);
  else await terminal.print(report(verified, trusted?.keyId).join('\n'));
}

async function verifyStore(terminal: Terminal, against: Against): Promise<Verified> {
  const display = new ProgressDisplay(terminal);
  const verified = await withEngines(terminal, async (engines) => {
    const { connectionString } = engines;
    const eventStore = await engines.eventStore();
    return verifyLedger({ eventStore, connectionString, ...against, onProgress: display.show });
  }).finally(() => display.end());
  return { ...verified, withheld: 0 };
}

/** Opens no database: the file, the key and the anchors are all it looks at. */
async function verifyFile(file: string, against: Against): Promise<Verified> {
  await access(file);
  return verifyBundle(() => createInterface({ input: createReadStream(file) }), against);
}

function report(verified: Verified, keyId: string | undefined): readonly string[] {
  const { seals, findings, findingsCount, sealedUpTo, notBooked, withheld, seconds } = verified;
  const lines = findings.map(findingLine);
  if (findingsCount > findings.length) lines.push(`and ${findingsCount - findings.length} more`);
  const rate =
    seconds === undefined
      ? ''
      : `, ${whole(Math.round(verified.events / Math.max(seconds, 0.001)))} events/s`;
  lines.push(
    `${findingsCount === 0 ? 'Intact' : `NOT INTACT: ${findingsCount} findings`}. ` +
      `${whole(verified.events)} events, ${whole(verified.entries)} entries of ` +
      `${whole(verified.accounts)} accounts up to position ${verified.upTo}${rate}.`,
    seals === 0 ? 'No seal yet.' : `${seals} seals up to position ${sealedUpTo}.`,
  );
  if (withheld > 0) lines.push(`Of ${whole(withheld)} events only the leaves are told.`);
  if (notBooked) lines.push(`${whole(notBooked)} events are not in the journal yet.`);
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
    .option('--bundle <file>', 'check a bundle instead, without any database')
    .option(
      '--public-key <key>',
      'key or file of a key known from elsewhere that has to vouch for all seals',
    )
    .option('--anchor <file>', 'seal kept elsewhere; may be given several times', several, [])
    .addOption(jsonOption())
    .action((options: Options) => verify(terminal, options));
}
