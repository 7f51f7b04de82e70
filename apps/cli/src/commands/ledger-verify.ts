import type { BundleVerification, ChargeProofVerification, Finding } from '@imprest/ledger-seal';
import { type LedgerVerification, resultOf, verifyLedger } from '@imprest/read-models';
import { Command } from 'commander';
import { withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { type Against, verifyFile } from '../sealing/audit-file.js';
import { anchorsOf, publicKeyOf } from '../sealing/audit-inputs.js';
import { storyLines } from '../sealing/story-text.js';
import { whole } from '../terminal/format.js';
import { onRecord, type Reasoned, reasonOption } from '../terminal/on-record.js';
import { ProgressDisplay } from '../terminal/progress-line.js';
import type { Terminal } from '../terminal/terminal.js';

interface Options extends Reasoned {
  readonly bundle?: string;
  readonly chainsOnly?: boolean;
  readonly publicKey?: string;
  readonly anchor: readonly string[];
  readonly json?: boolean;
}

type VerifiedLog = BundleVerification & Partial<LedgerVerification>;

interface Report {
  readonly isRight: boolean;
  readonly lines: readonly string[];
}

async function verify(terminal: Terminal, options: Options): Promise<void> {
  const trusted =
    options.publicKey === undefined ? undefined : await publicKeyOf(options.publicKey);
  const against = { trusted, anchors: await anchorsOf(options.anchor) };
  const { verified, report } = await verifyAgainst(terminal, options, against);
  if (!report.isRight) terminal.exitCode = 1;
  if (options.json) await terminal.printJson(verified);
  else await terminal.print(report.lines.join('\n'));
}

async function verifyAgainst(terminal: Terminal, options: Options, against: Against) {
  const keyId = against.trusted?.keyId;
  const { bundle: file } = options;
  if (file === undefined) {
    const verified = await verifyStore(terminal, against, options);
    return { verified, report: logReport(verified, keyId) };
  }
  const { kind, verified } = await verifyFile(file, against);
  const report = kind === 'ledger' ? logReport(verified, keyId) : chargeReport(verified, keyId);
  return { verified, report };
}

async function verifyStore(
  terminal: Terminal,
  against: Against,
  { chainsOnly, reason = null }: Options,
): Promise<VerifiedLog> {
  const display = new ProgressDisplay(terminal);
  const verified = await withEngines(terminal, async (engines) => {
    const { connectionString } = engines;
    const eventStore = await engines.eventStore();
    const replay = chainsOnly !== true;
    return onRecord(terminal, engines, eventStore)(
      { work: 'ledger-verification', subject: 'ledger', reason },
      () =>
        verifyLedger({
          ...{ eventStore, connectionString, ...against, replay },
          onProgress: (progress) => {
            terminal.signal.throwIfAborted();
            display.show(progress);
          },
        }),
      resultOf.verify,
    );
  }).finally(() => display.end());
  return { ...verified, withheld: 0 };
}

function logReport(verified: VerifiedLog, keyId: string | undefined): Report {
  const { seals, findingsCount, sealedUpTo, notBooked, withheld, seconds } = verified;
  const rate =
    seconds === undefined
      ? ''
      : `, ${whole(Math.round(verified.events / Math.max(seconds, 0.001)))} events/s`;
  const lines = [
    ...findingLines(verified),
    `${verdict(findingsCount)}. ${whole(verified.events)} events, ` +
      `${whole(verified.entries)} entries of ${whole(verified.accounts)} accounts ` +
      `up to position ${verified.upTo}${rate}.`,
    seals === 0 ? 'No seal yet.' : `${seals} seals up to position ${sealedUpTo}.`,
  ];
  if (withheld > 0) lines.push(`Of ${whole(withheld)} events only the leaves are told.`);
  if (notBooked) lines.push(`${whole(notBooked)} events are not in the journal yet.`);
  const isVouched = keyId === undefined || verified.vouchedUpTo === seals;
  if (keyId !== undefined) {
    lines.push(`Key ${keyId} vouches for ${verified.vouchedUpTo} of ${seals} seals.`);
  }
  return { isRight: findingsCount === 0 && isVouched, lines };
}

function chargeReport(verified: ChargeProofVerification, keyId: string | undefined): Report {
  const { charge, records, sealed, vouched, findingsCount } = verified;
  const lines = [
    ...(charge === undefined ? [] : storyLines(charge)),
    ...findingLines(verified),
    `${verdict(findingsCount)}. ${sealed} of ${records} records are under a signed seal.`,
  ];
  const isVouched = keyId === undefined || vouched === sealed;
  if (keyId !== undefined) {
    lines.push(`Key ${keyId} vouches for ${vouched} of ${sealed} sealed records.`);
  }
  return { isRight: findingsCount === 0 && isVouched, lines };
}

const verdict = (findings: number) =>
  findings === 0 ? 'Intact' : `NOT INTACT: ${whole(findings)} findings`;

interface Found {
  readonly findings: readonly Finding[];
  readonly findingsCount: number;
}

function findingLines({ findings, findingsCount }: Found): readonly string[] {
  const lines = findings.map(({ position, where, problem }) =>
    position === null ? `${where}: ${problem}` : `${where} at position ${position}: ${problem}`,
  );
  if (findingsCount > lines.length) lines.push(`and ${whole(findingsCount - lines.length)} more`);
  return lines;
}

const several = (text: string, before: readonly string[]) => [...before, text];

export function ledgerVerifyCommand(terminal: Terminal): Command {
  return new Command('verify')
    .description(
      'check chains, seals, zero sums, snapshots, and that the journal is what the events give',
    )
    .option('--chains-only', 'book nothing anew: chains, seals and zero sums alone, far quicker')
    .option('--bundle <file>', 'check a bundle or a charge proof instead, without any database')
    .option(
      '--public-key <key>',
      'key or file of a key known from elsewhere that has to vouch for all seals',
    )
    .option('--anchor <file>', 'seal kept elsewhere; may be given several times', several, [])
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((options: Options) => verify(terminal, options));
}
