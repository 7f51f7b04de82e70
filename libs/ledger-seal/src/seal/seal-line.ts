import type { LedgerSealEvent, LedgerSealed, SealKeyIntroduced } from '@imprest/domain';
import { sha256 } from '../canonical/hashes.js';
import { isSignedBy, type SealPublicKey, sealPublicKey } from './seal-key.js';
import { keyStatementBytes, SEAL_FORMAT, sealBytes } from './signed-bytes.js';

export interface SealProblem {
  /** Of the seal or, for a key, of the first seal it would sign. */
  readonly number: number;
  readonly problem: string;
}

/**
 * The line of seals and keys as anybody reads it who holds one public key. Trust goes from the key that
 * is held to every key it endorsed, and back from a seal to all seals before it, since each names the
 * digest of the one before.
 */
export class SealLine {
  readonly problems: SealProblem[] = [];
  /** The last seal taken up, whatever is wrong with it. */
  last: LedgerSealed['data'] | undefined;
  private current: SealPublicKey | undefined;
  private currentIsTrusted = false;
  /** Number of the last seal that a trusted key signed: it vouches for all before it. */
  vouchedUpTo = 0;

  /** @param trusted a key from elsewhere than the ledger; without one, only the line itself is checked. */
  constructor(private readonly trusted?: SealPublicKey) {}

  get keyId(): string | undefined {
    return this.current?.keyId;
  }

  take(event: LedgerSealEvent): void {
    if (event.type === 'SealKeyIntroduced') this.takeKey(event.data);
    else this.takeSeal(event.data);
  }

  private takeKey(data: SealKeyIntroduced['data']): void {
    let key: SealPublicKey;
    try {
      key = sealPublicKey(data.publicKey);
    } catch {
      this.problem(`key ${data.keyId} is no Ed25519 key`);
      return;
    }
    if (key.keyId !== data.keyId || key.publicKey !== data.publicKey) {
      this.problem(`key ${data.keyId} has another id than its bytes give`);
    }
    const previous = this.current;
    if ((previous?.keyId ?? null) !== data.previousKeyId) {
      this.problem(`key ${data.keyId} does not take over from the key in use`);
    }
    const endorsed = this.isEndorsed(data, previous);
    this.currentIsTrusted =
      key.keyId === this.trusted?.keyId || (endorsed && this.currentIsTrusted);
    this.current = key;
  }

  private isEndorsed(
    data: SealKeyIntroduced['data'],
    previous: SealPublicKey | undefined,
  ): boolean {
    if (data.endorsement === null || previous === undefined) {
      if (data.endorsement !== null) this.problem(`key ${data.keyId} is endorsed by nobody known`);
      return false;
    }
    if (isSignedBy(keyStatementBytes(data), data.endorsement, previous)) return true;
    this.problem(`the endorsement of key ${data.keyId} is not signed by key ${previous.keyId}`);
    return false;
  }

  private takeSeal(seal: LedgerSealed['data']): void {
    const { last } = this;
    this.last = seal;
    if (seal.number !== (last?.number ?? 0) + 1) this.problem('is out of number', seal.number);
    if (seal.after !== (last?.upTo ?? '0')) {
      this.problem(`begins after ${seal.after}, not where the seal before it ended`, seal.number);
    }
    if (seal.previous !== (last?.digest ?? null)) {
      this.problem('names another seal than the one before it', seal.number);
    }
    const bytes = this.bytesOf(seal);
    if (bytes === undefined) return;
    if (sha256(bytes).toString('hex') !== seal.digest) {
      this.problem('has another digest than what it says', seal.number);
    }
    if (this.current === undefined || seal.keyId !== this.current.keyId) {
      this.problem(`names key ${seal.keyId}, which is not in use`, seal.number);
    } else if (!isSignedBy(bytes, seal.signature, this.current)) {
      this.problem(`is not signed by key ${seal.keyId}`, seal.number);
    } else if (this.currentIsTrusted) {
      this.vouchedUpTo = seal.number;
    }
  }

  private bytesOf(seal: LedgerSealed['data']): Buffer | undefined {
    if (seal.format !== SEAL_FORMAT) {
      this.problem(`has format ${seal.format}, which this release does not know`, seal.number);
      return undefined;
    }
    try {
      return sealBytes(seal);
    } catch (error) {
      this.problem(`is malformed: ${(error as Error).message}`, seal.number);
      return undefined;
    }
  }

  private problem(problem: string, number = (this.last?.number ?? 0) + 1): void {
    this.problems.push({ number, problem });
  }
}
