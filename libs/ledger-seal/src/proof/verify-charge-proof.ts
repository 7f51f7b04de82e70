import { assertBalanced, type LedgerSealed, tokenAccount } from '@imprest/domain';
import { streamCategory } from '@imprest/event-catalogue';
import { sha256 } from '../canonical/hashes.js';
import { rootOfPath } from '../merkle/inclusion.js';
import { isSignedBy, type SealPublicKey, sealPublicKey } from '../seal/seal-key.js';
import { keyStatementBytes, sealBytes } from '../seal/signed-bytes.js';
import { type Finding, Findings } from '../verify/findings.js';
import { isEntryOf } from '../verify/stored-entry.js';
import type { ProofKey, ProofRecord } from './charge-proof.js';
import { chargeProofFromJson, leafOfRecord, type ReadChargeProof } from './charge-proof-json.js';
import { chargeStory } from './charge-story.js';
import type { ChargeStory } from './told-charge.js';

export interface ChargeProofVerification {
  /** Told from the records, not from what the document says of them. */
  readonly charge: ChargeStory | undefined;
  readonly records: number;
  /** Records under a signed seal. */
  readonly sealed: number;
  /** Records under a seal that the trusted key vouches for. */
  readonly vouched: number;
  readonly findingsCount: number;
  readonly findings: readonly Finding[];
}

/** The keys of a proof, and which of them a trusted one vouches for. */
class KeyRing {
  private readonly keys = new Map<string, SealPublicKey>();
  private readonly vouched = new Set<string>();

  constructor(
    introduced: readonly ProofKey[],
    trusted: SealPublicKey | undefined,
    private readonly say: (problem: string) => void,
  ) {
    for (const data of introduced) this.take(data, trusted);
  }

  /** Whether a seal is signed by a key of the ring, and whether the trusted key vouches for that one. */
  judge(seal: LedgerSealed['data']): { readonly signed: boolean; readonly vouched: boolean } {
    const key = this.keys.get(seal.keyId);
    if (key === undefined) {
      this.say(`seal ${seal.number} names key ${seal.keyId}, which the proof does not have`);
      return { signed: false, vouched: false };
    }
    try {
      const bytes = sealBytes(seal);
      const signed = isSignedBy(bytes, seal.signature, key);
      if (!signed) this.say(`seal ${seal.number} is not signed by key ${seal.keyId}`);
      if (sha256(bytes).toString('hex') !== seal.digest) {
        this.say(`seal ${seal.number} has another digest than what it says`);
      }
      return { signed, vouched: signed && this.vouched.has(seal.keyId) };
    } catch (error) {
      this.say(`seal ${seal.number} is malformed: ${(error as Error).message}`);
      return { signed: false, vouched: false };
    }
  }

  private take(data: ProofKey, trusted: SealPublicKey | undefined): void {
    try {
      const key = sealPublicKey(data.publicKey);
      if (key.keyId !== data.keyId || key.publicKey !== data.publicKey) {
        throw new Error('it has another id than its bytes give');
      }
      this.keys.set(key.keyId, key);
      const endorser = this.endorserOf(data);
      const inherits = endorser !== undefined && this.vouched.has(endorser.keyId);
      if (key.keyId === trusted?.keyId || inherits) this.vouched.add(key.keyId);
    } catch (error) {
      this.say(`key ${data.keyId}: ${(error as Error).message}`);
    }
  }

  private endorserOf({ keyId, publicKey, endorsement }: ProofKey): SealPublicKey | undefined {
    if (endorsement === null) return undefined;
    const { previousKeyId, introducedAt, signature } = endorsement;
    const previous = this.keys.get(previousKeyId);
    const statement = keyStatementBytes({ keyId, publicKey, previousKeyId, introducedAt });
    if (previous !== undefined && isSignedBy(statement, signature, previous)) return previous;
    throw new Error('its endorsement is not signed by the key it names');
  }
}

class ProofCheck {
  readonly findings = new Findings();
  sealed = 0;
  vouched = 0;
  private readonly seals = new Map<number, { seal: LedgerSealed['data']; vouched: boolean }>();

  constructor(
    private readonly read: ReadChargeProof,
    trusted: SealPublicKey | undefined,
  ) {
    const { keys, seals } = read.proof;
    const ring = new KeyRing(keys, trusted, (problem) => this.say(problem));
    for (const seal of seals) {
      const { signed, vouched } = ring.judge(seal);
      if (signed) this.seals.set(seal.number, { seal, vouched });
    }
  }

  run(): ChargeStory | undefined {
    const { proof, charge, leaves } = this.read;
    let before = -1n;
    for (const [index, record] of proof.records.entries()) {
      const { position } = record.event;
      if (position <= before) this.find(record, 'is out of store order');
      before = position;
      try {
        this.record(record, leaves[index] as Buffer);
      } catch (error) {
        this.find(record, (error as Error).message);
      }
    }
    try {
      const { story, problems } = chargeStory(proof.generationId, proof.records);
      for (const problem of problems) this.say(problem);
      if (!tellsTheSame(charge, story)) {
        this.say('the charge is not what its records say');
      }
      this.belongings(story);
      return story;
    } catch (error) {
      this.say(`the records cannot be read: ${(error as Error).message}`);
      return undefined;
    }
  }

  private record(record: ProofRecord, leaf: Buffer): void {
    const { event, entry, previous, inclusion } = record;
    const isOfAccount = streamCategory(event.stream) === tokenAccount.category;
    if (isOfAccount !== (entry !== null) || isOfAccount !== (previous !== null)) {
      this.find(record, 'has to come with a journal entry exactly when it is of an account');
    }
    if (!leafOfRecord(record).equals(leaf)) this.find(record, 'has another leaf');
    if (entry !== null) this.entry(record, entry);
    if (inclusion === null) return;
    const under = this.seals.get(inclusion.seal);
    if (under === undefined) {
      this.find(record, `names seal ${inclusion.seal}, which is not signed`);
      return;
    }
    const { seal } = under;
    const root = rootOfPath(leaf, inclusion.index, seal.events, inclusion.path);
    const isIn = event.position > BigInt(seal.after) && event.position <= BigInt(seal.upTo);
    if (!isIn || root?.toString('hex') !== seal.root) {
      this.find(record, `is not under seal ${seal.number}`);
      return;
    }
    this.sealed += 1;
    if (under.vouched) this.vouched += 1;
  }

  private entry(record: ProofRecord, entry: NonNullable<ProofRecord['entry']>): void {
    const { event } = record;
    if (!isEntryOf(entry, event)) this.find(record, 'has an entry that is of another event');
    try {
      assertBalanced(event.type, entry.postings);
    } catch (error) {
      this.find(record, (error as Error).message);
    }
  }

  /** Every record has to be of this generation's tenant, and none may be left out in between. */
  private belongings({ tenantId }: ChargeStory): void {
    const { records, chainHead } = this.read.proof;
    const revisions = new Map<string, number>();
    for (const record of records) {
      const { stream, revision } = record.event;
      if (streamCategory(stream) === tokenAccount.category) {
        if (record.entry?.tenantId !== tenantId) this.find(record, 'is of another tenant');
        continue;
      }
      if (revision !== (revisions.get(stream) ?? -1) + 1) this.find(record, 'follows a gap');
      revisions.set(stream, revision);
    }
    if (chainHead !== null && chainHead.tenantId !== tenantId) {
      this.say('the chain head is of another tenant');
    }
  }

  private find({ event }: ProofRecord, problem: string): void {
    const { position, stream: where } = event;
    this.findings.add({ position, where, problem });
  }

  private say(problem: string): void {
    const { generationId } = this.read.proof;
    this.findings.add({ position: null, where: `generation ${generationId}`, problem });
  }
}

/**
 * Checks a charge proof without a database: every record's leaf, its way to a signed seal, its journal entry,
 * and that request, hold, outcome, settlement and refunds go together.
 * @throws MalformedDocument, MalformedHash when it is no such document
 */
export function verifyChargeProof(
  json: unknown,
  { trusted }: { readonly trusted?: SealPublicKey } = {},
): ChargeProofVerification {
  const read = chargeProofFromJson(json);
  const check = new ProofCheck(read, trusted);
  const charge = check.run();
  const { findings, sealed, vouched } = check;
  return {
    ...{ charge, records: read.proof.records.length, sealed, vouched },
    ...{ findingsCount: findings.count, findings: findings.list },
  };
}

/** Documents made before images were named in them say nothing of images. */
function tellsTheSame(charge: ChargeStory, story: ChargeStory): boolean {
  const { images, ...rest } = story;
  const expected = 'images' in charge ? { ...rest, images } : rest;
  return JSON.stringify(expected) === JSON.stringify(charge);
}
