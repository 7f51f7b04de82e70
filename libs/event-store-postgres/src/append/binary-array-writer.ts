const HEADER_BYTES = 20;
const DIMENSION_OFFSET = 12;
const FIRST_CAPACITY = 16 * 1024;
/** A buffer beyond this is given back after use: one huge batch must not be paid for forever. */
const KEPT_CAPACITY = 4 * 1024 * 1024;
const TWO_TO_THE_32 = 0x1_0000_0000;

const DASH = 0x2d;

/** Value of a hexadecimal digit by its character code. */
const NIBBLES = new Uint8Array(128);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  NIBBLES[digit.charCodeAt(0)] = value;
  NIBBLES[digit.toUpperCase().charCodeAt(0)] = value;
}

/**
 * Writes one one-dimensional array in PostgreSQL's binary array format (array_recv in
 * src/backend/utils/adt/arrayfuncs.c) straight into a buffer that is used again for the next array:
 * no escaping here, none in the server, and no garbage per element.
 */
export class BinaryArrayWriter {
  private buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
  private offset = HEADER_BYTES;
  private length = 0;

  constructor(private readonly elementOid: number) {}

  /** Starts the next array. The bytes of the last one must not be in use any more. */
  reset(): void {
    if (this.buffer.length > KEPT_CAPACITY) this.buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
    this.offset = HEADER_BYTES;
    this.length = 0;
  }

  /** text and json. */
  text(value: string): void {
    // A UTF-16 code unit takes three bytes of UTF-8 at most.
    this.reserve(4 + value.length * 3);
    const bytes = this.buffer.write(value, this.offset + 4);
    this.buffer.writeInt32BE(bytes, this.offset);
    this.offset += 4 + bytes;
    this.length += 1;
  }

  /** bigint from a safe integer of 0 or more. */
  int8(value: number): void {
    this.reserve(12);
    const { buffer, offset } = this;
    buffer.writeInt32BE(8, offset);
    buffer.writeUInt32BE(Math.floor(value / TWO_TO_THE_32), offset + 4);
    buffer.writeUInt32BE(value % TWO_TO_THE_32, offset + 8);
    this.offset = offset + 12;
    this.length += 1;
  }

  int2(value: number): void {
    this.reserve(6);
    const { buffer, offset } = this;
    buffer.writeInt32BE(2, offset);
    buffer.writeInt16BE(value, offset + 4);
    this.offset = offset + 6;
    this.length += 1;
  }

  /** From the text form, which must be a valid UUID. */
  uuid(value: string): void {
    this.reserve(20);
    const { buffer } = this;
    buffer.writeInt32BE(16, this.offset);
    let at = this.offset + 4;
    for (let index = 0; index < value.length; index += 2) {
      if (value.charCodeAt(index) === DASH) index += 1;
      const high = NIBBLES[value.charCodeAt(index)] as number;
      buffer[at] = (high << 4) | (NIBBLES[value.charCodeAt(index + 1)] as number);
      at += 1;
    }
    this.offset += 20;
    this.length += 1;
  }

  /** The array as a query parameter; valid until the next reset. */
  finish(): Buffer {
    const { buffer } = this;
    buffer.writeInt32BE(this.length === 0 ? 0 : 1, 0);
    buffer.writeInt32BE(0, 4);
    buffer.writeInt32BE(this.elementOid, 8);
    buffer.writeInt32BE(this.length, DIMENSION_OFFSET);
    buffer.writeInt32BE(1, DIMENSION_OFFSET + 4);
    return buffer.subarray(0, this.length === 0 ? DIMENSION_OFFSET : this.offset);
  }

  private reserve(bytes: number): void {
    const needed = this.offset + bytes;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.offset);
    this.buffer = grown;
  }
}
