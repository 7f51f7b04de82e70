import { createHash } from 'node:crypto';
import type { JournalEntry, Seal } from '@imprest/domain';
import type { StoredEvent } from '@imprest/event-catalogue';
import { describe, expect, test } from 'vitest';
import { sealKeyFromPem } from '../seal/seal-key.js';
import { keyStatementBytes, sealBytes } from '../seal/signed-bytes.js';
import { signSeal } from '../seal/signing.js';
import { entryBytes, entryOfBytes } from './entry-bytes.js';
import { accountLeaf, CHAIN_START, entryLeaf, eventLeaf } from './record-leaf.js';

/** The words of docs/proofs.md, written down once more without a line of the library. */
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const field = (bytes: Buffer) => Buffer.concat([u32(bytes.length), bytes]);
const text = (value: string) => field(Buffer.from(value, 'utf8'));
const number = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return field(bytes);
};
const noValue = Buffer.from('ffffffff', 'hex');
const list = (items: readonly Buffer[]) => Buffer.concat([u32(items.length), ...items]);
const sha256 = (...parts: readonly Buffer[]) =>
  createHash('sha256').update(Buffer.concat(parts)).digest('hex');
const kind = (last: number) => Buffer.from([0, 1, last]);

const event: StoredEvent = {
  ...{ position: 4711n, stream: 'tokenAccount-ten_1', revision: 7 },
  ...{ eventId: '01890a5d-ac96-774b-bcce-b302099a8057', type: 'TokensHeld', version: 2 },
  recordedAt: new Date('2026-01-15T09:00:00.123Z'),
  data: '{"text":"Äther 山"}',
  metadata: '{"actor":{"kind":"system","id":"test"}}',
};
const entry: JournalEntry = {
  ...{ tenantId: 'ten_1', revision: 7, eventId: event.eventId, type: 'TokensHeld' },
  ...{ generationId: 'req_1', happenedAt: '2026-01-15T08:59:59.999Z' },
  knownAt: '2026-01-15T09:00:00.123Z',
  postings: [
    {
      account: 'held:req_1',
      lotId: 'lot',
      tokens: -5n,
      money: { minorUnits: -7n, currency: 'EUR' },
    },
    { account: 'promotional:gift', lotId: 'gift', tokens: 2n ** 62n, money: null },
  ],
};

const eventByHand = Buffer.concat([
  ...[number(4711n), number(7n), text(event.eventId), text('TokensHeld')],
  ...[number(1_768_467_600_123n), text('tokenAccount-ten_1'), number(2n)],
  ...[text(event.data), text(event.metadata)],
]);
const entryByHand = Buffer.concat([
  ...[text('req_1'), number(1_768_467_599_999n)],
  list([text('held:req_1'), text('promotional:gift')]),
  list([text('lot'), text('gift')]),
  list([number(-5n), number(2n ** 62n)]),
  list([number(-7n), number(0n)]),
  list([text('EUR'), text('')]),
]);

describe('format 1', () => {
  test('of a leaf is what the documentation says', () => {
    expect(eventLeaf(event).toString('hex')).toBe(sha256(kind(1), eventByHand));
    const first = entryLeaf(CHAIN_START, event, entry);
    expect(first.toString('hex')).toBe(sha256(kind(2), Buffer.alloc(32), eventByHand, entryByHand));
    expect(entryLeaf(first, event, entry).toString('hex')).toBe(
      sha256(kind(2), first, eventByHand, entryByHand),
    );
    expect(accountLeaf('ten_1', 7, first).toString('hex')).toBe(
      sha256(kind(3), text('ten_1'), u32(7), first),
    );
  });

  test('never changes: these leaves were made by the first release', () => {
    expect(eventLeaf(event).toString('hex')).toMatchInlineSnapshot(
      `"3fa523d8cc4c74cfb3236d51970dd10e12c801f8688672c51e5ee1d99a09c0c8"`,
    );
    expect(entryLeaf(CHAIN_START, event, entry).toString('hex')).toMatchInlineSnapshot(
      `"7571feac5ae28ad6576568f266b2c19e3f6eaf7eac9374734f9bef8e43e9c3ca"`,
    );
  });

  test('of an entry without postings or generation', () => {
    const empty = { ...entry, generationId: null, postings: [] };
    const lists = Array.from({ length: 5 }, () => list([]));
    expect(Buffer.from(entryBytes(empty)).toString('hex')).toBe(
      Buffer.concat([noValue, number(1_768_467_599_999n), ...lists]).toString('hex'),
    );
  });

  test('of an entry is read as it was written', () => {
    const { generationId, happenedAt, postings } = entry;
    expect(entryOfBytes(Buffer.from(entryBytes(entry)))).toEqual({
      ...{ generationId, happenedAt, postings },
    });
  });

  test('of a seal and of an endorsement', () => {
    const hash = Buffer.alloc(32, 0xab);
    const seal: Seal = {
      ...{ format: 1, number: 3, after: '10', upTo: '20', events: 9, root: hash.toString('hex') },
      ...{ accounts: 2, accountsRoot: hash.toString('hex'), previous: hash.toString('hex') },
      ...{ knownBefore: 'then', sealedAt: 'now', keyId: 'key' },
    };
    const before = [text('imprest ledger seal'), u32(1), u32(3), text('10'), text('20')];
    const roots = [number(9n), hash, u32(2), hash];
    const after = [text('then'), text('now'), text('key')];
    const bytes = Buffer.concat([...before, ...roots, Buffer.from([1]), hash, ...after]);
    expect(sealBytes(seal).toString('hex')).toBe(bytes.toString('hex'));
    const first = Buffer.concat([...before, ...roots, Buffer.from([0]), ...after]);
    expect(sealBytes({ ...seal, previous: null }).toString('hex')).toBe(first.toString('hex'));

    const statement = {
      keyId: 'new',
      publicKey: 'AAAA',
      previousKeyId: 'old',
      introducedAt: 'now',
    };
    const parts = [
      text('imprest ledger seal key'),
      text('new'),
      text('AAAA'),
      text('old'),
      text('now'),
    ];
    expect(keyStatementBytes(statement).toString('hex')).toBe(Buffer.concat(parts).toString('hex'));
  });

  test('of a signature: Ed25519 gives the same one for the same key and bytes', () => {
    // RFC 8032, section 7.1, test 1: its secret key as PKCS #8.
    const pem = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----`;
    const hash = 'ab'.repeat(32);
    const seal = {
      ...{ format: 1, number: 1, after: '0', upTo: '5', events: 5, root: hash, accounts: 1 },
      ...{ accountsRoot: hash, previous: null },
      ...{ knownBefore: '2026-01-16T00:00:00.000Z', sealedAt: '2026-01-16T00:05:00.000Z' },
    };
    const key = sealKeyFromPem(pem);
    expect(key.publicKey).toBe('11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=');
    const signed = signSeal(seal, key);
    expect([signed.digest, signed.signature]).toMatchInlineSnapshot(`
      [
        "497ecb95fc5f9846150b878a57cf5990956c2943eac653f187ddc39692801a5a",
        "+VDz9RWFAHmrNmiw7YCwnV59R4o+5qIlkDWvKj3GAtn9UPQ2kdgULC6OA9BmhEJd4WBV1tLg8Y5IPvQ7lymRCA==",
      ]
    `);
  });
});
