const FIRST_SIZE = 16 * 1024;
/** Of UTF-8, for each unit of a JavaScript string. */
const MOST_BYTES_PER_UNIT = 3;

/**
 * Writes the canonical form into one buffer that is used again and again. Whatever varies in length is
 * preceded by its length, so no two records share a form.
 */
export class ByteWriter {
  private bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
  private length = 0;

  /** Begins a new record. */
  reset(): this {
    this.length = 0;
    return this;
  }

  /** Of the record so far; valid until the next `reset`. */
  view(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  byte(value: number): this {
    this.reserve(1);
    this.bytes[this.length] = value;
    this.length += 1;
    return this;
  }

  /** 32 bits, unsigned, big endian. */
  count(value: number): this {
    this.reserve(4);
    this.length = this.bytes.writeUInt32BE(value, this.length);
    return this;
  }

  /** 64 bits, two's complement, big endian. @throws RangeError beyond them */
  amount(value: bigint): this {
    this.reserve(8);
    this.length = this.bytes.writeBigInt64BE(value, this.length);
    return this;
  }

  /** An instant in milliseconds since 1970, as an amount. */
  instant(value: Date): this {
    return this.amount(BigInt(value.getTime()));
  }

  /** UTF-8 after its length in bytes. */
  text(value: string): this {
    this.reserve(4 + value.length * MOST_BYTES_PER_UNIT);
    const written = this.bytes.write(value, this.length + 4, 'utf8');
    this.bytes.writeUInt32BE(written, this.length);
    this.length += 4 + written;
    return this;
  }

  /** 0, or 1 and the text. */
  optionalText(value: string | null): this {
    return value === null ? this.byte(0) : this.byte(1).text(value);
  }

  /** A hash, whose length needs no telling. @throws RangeError unless it has 32 bytes */
  hash(value: Uint8Array): this {
    if (value.length !== 32) throw new RangeError(`a hash has 32 bytes, not ${value.length}`);
    this.reserve(32);
    this.bytes.set(value, this.length);
    this.length += 32;
    return this;
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
