const FIRST_SIZE = 16 * 1024;
/** Of UTF-8, for each unit of a JavaScript string. */
const MOST_BYTES_PER_UNIT = 3;

/**
 * Writes the canonical form into one buffer that is used again and again. Whatever varies in length is
 * preceded by its length, so no two records share a form.
 */
export class ByteWriter {
  private bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
  private view = viewOf(this.bytes);
  private length = 0;

  /** Begins a new record. */
  reset(): this {
    this.length = 0;
    return this;
  }

  /** The record so far; valid until the next `reset`. */
  written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  byte(value: number): this {
    this.reserve(1);
    this.bytes[this.length] = value;
    this.length += 1;
    return this;
  }

  /** 32 bits, unsigned, big endian. @throws RangeError beyond them */
  count(value: number): this {
    this.reserve(4);
    this.length = this.bytes.writeUInt32BE(value, this.length);
    return this;
  }

  /** A field of 64 bits, two's complement, big endian. @throws RangeError beyond them */
  amount(value: bigint): this {
    if (BigInt.asIntN(64, value) !== value) throw new RangeError(`${value} has more than 64 bits`);
    this.reserve(12);
    this.view.setInt32(this.length, 8);
    this.view.setBigInt64(this.length + 4, value);
    this.length += 12;
    return this;
  }

  /** An instant in milliseconds since 1970, as an amount. @throws RangeError for no instant at all */
  instant(milliseconds: number): this {
    return this.amount(BigInt(milliseconds));
  }

  /** A field of UTF-8. */
  text(value: string): this {
    this.reserve(4 + value.length * MOST_BYTES_PER_UNIT);
    const written = this.bytes.write(value, this.length + 4, 'utf8');
    this.view.setUint32(this.length, written);
    this.length += 4 + written;
    return this;
  }

  /** A field of UTF-8, or one without a value. */
  optionalText(value: string | null): this {
    return value === null ? this.count(NO_VALUE) : this.text(value);
  }

  /** What was encoded elsewhere. */
  raw(value: Uint8Array): this {
    this.reserve(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
    return this;
  }

  /** A hash, whose length needs no telling. @throws RangeError unless it has 32 bytes */
  hash(value: Uint8Array): this {
    if (value.length !== 32) throw new RangeError(`a hash has 32 bytes, not ${value.length}`);
    return this.raw(value);
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.view = viewOf(larger);
  }
}

/** Stands where the length of a field would, as in PostgreSQL's binary formats. */
export const NO_VALUE = 0xffff_ffff;

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
