/** Bytes of a number up to 2^53. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size += 1;
  return size;
}

/** Tag, length and content of a field whose number is below 16. */
export function fieldSize(content: number): number {
  return 1 + varintSize(content) + content;
}

/** A number below 2^35 in five bytes, whatever it is. */
export function putPaddedVarint(bytes: Buffer, at: number, value: number): void {
  let rest = value;
  for (let n = 0; n < 5; n += 1) {
    bytes[at + n] = (rest % 128) | (n < 4 ? 0x80 : 0);
    rest = Math.floor(rest / 128);
  }
}

/** Writes the fields of a protobuf message whose size is known. */
export class FieldWriter {
  private at = 0;

  constructor(readonly bytes: Buffer) {}

  tagged(tag: number, value: number): void {
    this.put(tag);
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.put((rest % 128) | 0x80);
    this.put(rest);
  }

  text(tag: number, text: string, size: number): void {
    this.tagged(tag, size);
    this.bytes.write(text, this.at, size, 'utf8');
    this.at += size;
  }

  copy(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  private put(byte: number): void {
    this.bytes[this.at] = byte;
    this.at += 1;
  }
}
