import { type LedgerSealed, ledgerSeal, tokenAccount } from '@imprest/domain';
import { type StoredEvent, streamCategory } from '@imprest/event-catalogue';
import { eventLeaf } from '../canonical/record-leaf.js';
import { type Anchor, departsFrom } from '../seal/anchor.js';
import type { SealPublicKey } from '../seal/seal-key.js';
import { type Finding, Findings } from '../verify/findings.js';
import { LogVerifier } from '../verify/log-verifier.js';
import { sealsOf } from '../verify/seals-of.js';
import { type BundleLine, readBundleLine } from './bundle-lines.js';

export interface VerifyBundleOptions {
  /** Known from elsewhere than the bundle. */
  readonly trusted?: SealPublicKey;
  readonly anchors?: readonly Anchor[];
}

export interface BundleVerification {
  readonly events: number;
  readonly entries: number;
  /** Events of which the bundle has the leaf alone. */
  readonly withheld: number;
  readonly accounts: number;
  readonly upTo: bigint;
  readonly seals: number;
  readonly sealedUpTo: bigint;
  readonly vouchedUpTo: number;
  readonly findingsCount: number;
  readonly findings: readonly Finding[];
}

/** A line of seals is looked up before the log is gone through, which tells of each seal only later. */
const SEAL_LINE = `"stream":"${ledgerSeal.category}-`;

class BundleReading {
  readonly findings = new Findings();
  withheld = 0;
  private lines = 0;
  private ended = false;

  constructor(private readonly open: () => AsyncIterable<string>) {}

  async seals(): Promise<readonly LedgerSealed['data'][]> {
    const seals: LedgerSealed['data'][] = [];
    for await (const text of this.open()) {
      if (!text.includes(SEAL_LINE)) continue;
      const line = attempt(() => readBundleLine(text));
      if (line?.kind === 'event') seals.push(...sealsOf([line.event], this.findings));
    }
    return seals;
  }

  async log(verifier: LogVerifier): Promise<void> {
    this.lines = 0;
    for await (const text of this.open()) {
      if (text === '') continue;
      this.lines += 1;
      const line = this.read(text);
      if (line !== undefined) this.take(verifier, line);
    }
    if (!this.ended) this.say('is cut off: its last line is missing');
  }

  private take(verifier: LogVerifier, line: BundleLine): void {
    if ((line.kind === 'begin') !== (this.lines === 1)) this.say('has to begin with its format');
    if (this.ended) this.say('goes on after its end');
    if (line.kind === 'withheld') {
      this.withheld += 1;
      verifier.takeLeaf(line.position, line.leaf);
    } else if (line.kind === 'record' || line.kind === 'event') {
      this.takeEvent(verifier, line);
    } else if (line.kind === 'end') {
      this.ended = true;
      if (line.upTo !== verifier.position || line.events !== BigInt(verifier.events)) {
        this.say(`ends with ${line.events} events up to ${line.upTo}, by its own word`);
      }
    }
  }

  private takeEvent(
    verifier: LogVerifier,
    line: Extract<BundleLine, { readonly event: StoredEvent }>,
  ): void {
    const { event } = line;
    const say = (problem: string) =>
      this.findings.add({ position: event.position, where: event.stream, problem });
    const isOfAccount = streamCategory(event.stream) === tokenAccount.category;
    if (isOfAccount !== (line.kind === 'record')) {
      say(isOfAccount ? 'has no entry' : 'has an entry, but is of no account');
    } else if (line.kind === 'event' && !line.leaf.equals(eventLeaf(event))) {
      say('has another leaf than the one beside it');
    }
    verifier.take(event, line.kind === 'record' ? line.entry : undefined);
  }

  private read(text: string): BundleLine | undefined {
    try {
      return readBundleLine(text);
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  private say(problem: string): void {
    this.findings.add({ position: null, where: `line ${this.lines}`, problem });
  }
}

/** Lines that cannot be read are told of when the log is gone through. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Checks a bundle without a database: leaves, chains, entries booked anew, zero sums, trees, seals.
 * @param open gives the lines from the first one; it is called twice.
 */
export async function verifyBundle(
  open: () => AsyncIterable<string>,
  { trusted, anchors = [] }: VerifyBundleOptions = {},
): Promise<BundleVerification> {
  const reading = new BundleReading(open);
  const { findings } = reading;
  const seals = await reading.seals();
  const verifier = new LogVerifier({ findings, seals, trusted });
  await reading.log(verifier);
  verifier.finish();
  for (const anchor of anchors) {
    const problem = departsFrom(anchor, seals);
    if (problem !== undefined) findings.add({ position: null, where: 'anchor', problem });
  }
  const { events, entries, accounts, line, position: upTo } = verifier;
  return {
    ...{ events, entries, withheld: reading.withheld, accounts: accounts.size, upTo },
    ...{ seals: seals.length, sealedUpTo: BigInt(seals.at(-1)?.upTo ?? 0) },
    ...{ vouchedUpTo: line.vouchedUpTo, findingsCount: findings.count, findings: findings.list },
  };
}
