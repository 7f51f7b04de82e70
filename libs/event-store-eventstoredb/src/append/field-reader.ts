const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Walks the fields of one protobuf message without copying it. */
export class FieldReader {
  number = 0;
  /** Of a varint; of a length-delimited field, its length. Exact below 2^53. */
  value = 0;

  constructor(
    private readonly bytes: Buffer,
    private at: number,
    private readonly end: number,
  ) {}

  next(): boolean {
    if (this.at >= this.end) return false;
    const tag = this.varint();
    this.number = tag >>> 3;
    const wireType = tag & 7;
    if (wireType !== VARINT && wireType !== LENGTH_DELIMITED) return false;
    this.value = this.varint();
    if (wireType === LENGTH_DELIMITED) this.at += this.value;
    return true;
  }

  nested(): FieldReader {
    return new FieldReader(this.bytes, this.at - this.value, this.at);
  }

  private varint(): number {
    let result = 0;
    let scale = 1;
    while (this.at < this.end) {
      const byte = this.bytes[this.at] as number;
      this.at += 1;
      result += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 128;
    }
    return result;
  }
}
