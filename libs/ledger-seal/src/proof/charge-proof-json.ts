import type { LedgerSealed } from '@imprest/domain';
import { count, fields, list, MalformedDocument, only, text } from '../bundle/json-fields.js';
import { entryFromJson, entryToJson, eventFromJson, eventToJson } from '../bundle/record-json.js';
import { type Hash, hashFromHex } from '../canonical/hashes.js';
import { entryLeaf, eventLeaf } from '../canonical/record-leaf.js';
import {
  type ChargeProof,
  type Inclusion,
  PROOF_FORMAT,
  type ProofKey,
  type ProofRecord,
} from './charge-proof.js';
import { chargeStory } from './charge-story.js';
import type { ChargeStory } from './told-charge.js';

const hex = (hash: Hash) => hash.toString('hex');

export function leafOfRecord({ event, entry, previous }: ProofRecord): Hash {
  return entry === null || previous === null ? eventLeaf(event) : entryLeaf(previous, event, entry);
}

/** The document that is handed out: what it proves, in the words of its records, and how. */
export function chargeProofToJson(proof: ChargeProof): object {
  const { generationId, records, chainHead, keys, seals } = proof;
  return {
    format: PROOF_FORMAT,
    version: 1,
    charge: chargeStory(generationId, records).story,
    records: records.map(recordToJson),
    chainHead: chainHead && { ...chainHead, leaf: hex(chainHead.leaf) },
    keys,
    seals,
  };
}

function recordToJson(record: ProofRecord): object {
  const { event, entry, previous, inclusion } = record;
  return {
    event: eventToJson(event),
    entry: entry && entryToJson(entry),
    previous: previous && hex(previous),
    leaf: hex(leafOfRecord(record)),
    inclusion: inclusion && { ...inclusion, path: inclusion.path.map(hex) },
  };
}

export interface ReadChargeProof {
  readonly proof: ChargeProof;
  /** As the document tells it. */
  readonly charge: ChargeStory;
  /** As the document gives them, record by record. */
  readonly leaves: readonly Hash[];
}

/** @throws MalformedDocument, MalformedHash */
export function chargeProofFromJson(json: unknown): ReadChargeProof {
  const document = fields(json, 'proof');
  only(document, 'proof', ['format', 'version', 'charge', 'records', 'chainHead', 'keys', 'seals']);
  if (document.format !== PROOF_FORMAT || document.version !== 1) {
    throw new MalformedDocument(`a charge proof has format ${PROOF_FORMAT}, version 1`);
  }
  const charge = fields(document.charge, 'charge') as unknown as ChargeStory;
  const read = list(document, 'records').map(recordFromJson);
  return {
    charge,
    leaves: read.map(({ leaf }) => leaf),
    proof: {
      generationId: text(fields(document.charge, 'charge'), 'generationId'),
      records: read.map(({ record }) => record),
      chainHead: document.chainHead === null ? null : chainHeadFromJson(document.chainHead),
      keys: list(document, 'keys').map(keyFromJson),
      seals: list(document, 'seals').map(
        (seal) => fields(seal, 'seal') as unknown as LedgerSealed['data'],
      ),
    },
  };
}

function recordFromJson(json: unknown): { record: ProofRecord; leaf: Hash } {
  const record = fields(json, 'record');
  only(record, 'record', ['event', 'entry', 'previous', 'leaf', 'inclusion']);
  return {
    leaf: hashFromHex(record.leaf, 'leaf'),
    record: {
      event: eventFromJson(record.event),
      entry: record.entry === null ? null : entryFromJson(record.entry),
      previous: record.previous === null ? null : hashFromHex(record.previous, 'previous'),
      inclusion: record.inclusion === null ? null : inclusionFromJson(record.inclusion),
    },
  };
}

function inclusionFromJson(json: unknown): Inclusion {
  const inclusion = fields(json, 'inclusion');
  only(inclusion, 'inclusion', ['seal', 'index', 'path']);
  const path = list(inclusion, 'path').map((hash) => hashFromHex(hash, 'path'));
  return { seal: count(inclusion, 'seal'), index: count(inclusion, 'index'), path };
}

function keyFromJson(json: unknown): ProofKey {
  const key = fields(json, 'key');
  only(key, 'key', ['keyId', 'publicKey', 'endorsement']);
  const [keyId, publicKey] = [text(key, 'keyId'), text(key, 'publicKey')];
  if (key.endorsement === null) return { keyId, publicKey, endorsement: null };
  const endorsement = fields(key.endorsement, 'endorsement');
  only(endorsement, 'endorsement', ['previousKeyId', 'introducedAt', 'signature']);
  const [previousKeyId, introducedAt] = ['previousKeyId', 'introducedAt'].map((name) =>
    text(endorsement, name),
  ) as [string, string];
  const signature = text(endorsement, 'signature');
  return { keyId, publicKey, endorsement: { previousKeyId, introducedAt, signature } };
}

function chainHeadFromJson(json: unknown) {
  const head = fields(json, 'chainHead');
  only(head, 'chainHead', ['tenantId', 'revision', 'leaf']);
  return {
    tenantId: text(head, 'tenantId'),
    revision: count(head, 'revision'),
    leaf: hashFromHex(head.leaf, 'leaf'),
  };
}
