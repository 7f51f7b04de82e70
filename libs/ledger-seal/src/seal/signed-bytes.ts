import type { Seal } from '@imprest/domain';
import { ByteWriter } from '../canonical/byte-writer.js';
import { hashFromHex } from '../canonical/hashes.js';

/** Of what is signed; 1 is the only one there is. */
export const SEAL_FORMAT = 1;

const SEAL_PURPOSE = 'imprest ledger seal';
const KEY_PURPOSE = 'imprest ledger seal key';

/**
 * What the signature of a seal covers. Each kind of statement begins with its purpose, so that none can
 * be passed off as another. @throws MalformedHash or RangeError for a field out of form
 */
export function sealBytes(seal: Seal): Buffer {
  const writer = new ByteWriter()
    .text(SEAL_PURPOSE)
    .count(seal.format)
    .count(seal.number)
    .text(seal.after)
    .text(seal.upTo)
    .instant(seal.events)
    .hash(hashFromHex(seal.root, 'root'))
    .count(seal.accounts)
    .hash(hashFromHex(seal.accountsRoot, 'accountsRoot'));
  if (seal.previous === null) writer.byte(0);
  else writer.byte(1).hash(hashFromHex(seal.previous, 'previous'));
  return writer.text(seal.knownBefore).text(seal.sealedAt).text(seal.keyId).written();
}

export interface KeyStatement {
  readonly keyId: string;
  readonly publicKey: string;
  readonly previousKeyId: string | null;
  readonly introducedAt: string;
}

/** What the key before signs when another one takes over. */
export function keyStatementBytes(statement: KeyStatement): Buffer {
  return new ByteWriter()
    .text(KEY_PURPOSE)
    .text(statement.keyId)
    .text(statement.publicKey)
    .optionalText(statement.previousKeyId)
    .text(statement.introducedAt)
    .written();
}
