/** `PGCOPY\n\377\r\n\0`, flags and the length of an extension (PostgreSQL, "COPY", Binary Format). */
const SIGNATURE = Buffer.from('5047434f50590aff0d0a00', 'hex');
const HEADER_BYTES = SIGNATURE.length + 8;
const TRAILER = -1;

export class MalformedCopy extends Error {
  override readonly name = 'MalformedCopy';
}

/**
 * Cuts what COPY gives in its binary format into rows, however the network has cut it. A row is its fields:
 * 32 bits of length (all set for null) and as many bytes each.
 */
export class TupleSplitter {
  private rest: Buffer = Buffer.alloc(0);
  private begun = false;
  private ended = false;

  /** @throws MalformedCopy */
  split(chunk: Buffer): Buffer[] {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const rows: Buffer[] = [];
    let at = this.begun ? 0 : this.begin(bytes);
    while (this.begun && !this.ended && at + 2 <= bytes.length) {
      const fields = bytes.readInt16BE(at);
      if (fields === TRAILER) {
        this.ended = true;
        at += 2;
        break;
      }
      const end = endOfRow(bytes, at + 2, fields);
      if (end > bytes.length) break;
      rows.push(bytes.subarray(at + 2, end));
      at = end;
    }
    this.rest = at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at);
    return rows;
  }

  /** @throws MalformedCopy when the end is missing */
  finish(): void {
    if (!this.ended) throw new MalformedCopy('COPY ended in the middle of its rows');
  }

  private begin(bytes: Buffer): number {
    if (bytes.length < HEADER_BYTES) return 0;
    if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) {
      throw new MalformedCopy('COPY does not begin with its signature');
    }
    const end = HEADER_BYTES + bytes.readUInt32BE(HEADER_BYTES - 4);
    if (bytes.length < end) return 0;
    this.begun = true;
    return end;
  }
}

/** Beyond the end of the bytes when the row is not whole yet. */
function endOfRow(bytes: Buffer, start: number, fields: number): number {
  let at = start;
  for (let field = 0; field < fields; field += 1) {
    if (at + 4 > bytes.length) return Number.POSITIVE_INFINITY;
    const length = bytes.readInt32BE(at);
    at += length < 0 ? 4 : 4 + length;
  }
  return at;
}
