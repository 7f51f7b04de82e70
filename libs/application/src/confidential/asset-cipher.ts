import { createCipheriv, createDecipheriv } from 'node:crypto';
import { type AssetHeader, chunkCount, NONCE_PREFIX_BYTES, TAG_BYTES } from './asset-header.js';

const CIPHER = 'aes-256-gcm';
/** No chunk has this number: an asset that long does not exist. */
const HEADER_COUNTER = 0xffffffff;
const HEADER_FLAG = 2;

/** Seals and opens the parts of one asset; the counters are the nonces, so a part is sealed once only. */
export class AssetCipher {
  private readonly associatedData: Buffer;

  constructor(
    private readonly secret: Uint8Array,
    assetId: string,
    private readonly encodedHeader: Buffer,
    private readonly header: AssetHeader,
  ) {
    const id = Buffer.from(assetId, 'utf8');
    const idLength = Buffer.alloc(2);
    idLength.writeUInt16BE(id.length);
    this.associatedData = Buffer.concat([idLength, id, encodedHeader]);
  }

  sealHeader(): Buffer {
    return Buffer.concat([
      this.encodedHeader,
      this.seal(new Uint8Array(0), HEADER_COUNTER, HEADER_FLAG),
    ]);
  }

  /** Whether the header is the one stored with this key under this asset id. */
  headerIsGenuine(tag: Uint8Array): boolean {
    return this.open(tag, HEADER_COUNTER, HEADER_FLAG) !== undefined;
  }

  sealChunk(plaintext: Uint8Array, index: number): Buffer {
    return this.seal(plaintext, index, this.lastFlag(index));
  }

  /** Plaintext of a chunk with its tag, undefined when it is not genuine. */
  openChunk(chunk: Uint8Array, index: number): Buffer | undefined {
    return this.open(chunk, index, this.lastFlag(index));
  }

  private lastFlag(index: number): number {
    return index === chunkCount(this.header.size) - 1 ? 1 : 0;
  }

  private nonce(counter: number, flag: number): Buffer {
    const nonce = Buffer.alloc(NONCE_PREFIX_BYTES + 5);
    nonce.set(this.header.noncePrefix);
    nonce.writeUInt32BE(counter, NONCE_PREFIX_BYTES);
    nonce.writeUInt8(flag, NONCE_PREFIX_BYTES + 4);
    return nonce;
  }

  private seal(plaintext: Uint8Array, counter: number, flag: number): Buffer {
    const cipher = createCipheriv(CIPHER, this.secret, this.nonce(counter, flag));
    cipher.setAAD(this.associatedData);
    const ciphertext = cipher.update(plaintext);
    cipher.final();
    return Buffer.concat([ciphertext, cipher.getAuthTag()]);
  }

  private open(sealed: Uint8Array, counter: number, flag: number): Buffer | undefined {
    const tagAt = sealed.length - TAG_BYTES;
    if (tagAt < 0) return undefined;
    const decipher = createDecipheriv(CIPHER, this.secret, this.nonce(counter, flag), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(this.associatedData);
    decipher.setAuthTag(sealed.subarray(tagAt));
    const plaintext = decipher.update(sealed.subarray(0, tagAt));
    try {
      decipher.final();
      return plaintext;
    } catch {
      return undefined;
    }
  }
}
