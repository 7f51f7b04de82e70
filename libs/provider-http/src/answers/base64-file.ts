import { ProviderError } from '@imprest/application';

const DATA_URL = 'data:';
const LINK = /^https?:/;
/** As many as it takes to tell a link or a data URL from plain base64. */
const TELLING_CHARACTERS = 6;
const LONGEST_HEAD = 200;
const LONGEST_LINK = 2_048;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
/** What may follow a backslash in base64 within JSON: a slash that need not be escaped, and line ends. */
const ESCAPED = new Map([
  [SLASH, '/'],
  [0x6e, ''],
  [0x72, ''],
]);

/** A file in base64 within a JSON text, decoded as its pieces come; a data URL counts from its comma. A link stays one. */
export class Base64File {
  private readonly decoded: Uint8Array[] = [];
  private length = 0;
  /** Characters that make no whole group of four yet. */
  private rest = '';
  private head: string | undefined = '';
  private escaped = false;
  private address: string | undefined;

  /** @param most bytes of the decoded file */
  constructor(
    private readonly where: string,
    private readonly most: number,
  ) {}

  /** @throws ProviderError `model` for more than `most` bytes, `infrastructure` for what no base64 has in JSON */
  push(piece: Uint8Array): void {
    const text = this.unescaped(piece);
    if (this.address !== undefined) return this.follow(text);
    const body = this.head === undefined ? text : this.afterHead(text);
    const whole = this.rest + body;
    const ready = whole.length - (whole.length % 4);
    this.rest = whole.slice(ready);
    this.keep(whole.slice(0, ready));
  }

  /** Where the file is, when there is a link in its place. */
  get link(): string | undefined {
    return this.address;
  }

  end(): Uint8Array {
    if (this.head !== undefined) this.rest = this.head + this.rest;
    this.keep(this.rest);
    return this.decoded.length === 1
      ? (this.decoded[0] as Uint8Array)
      : Buffer.concat(this.decoded);
  }

  private keep(text: string): void {
    if (text === '') return;
    const bytes = Buffer.from(text, 'base64');
    this.length += bytes.byteLength;
    if (this.length > this.most) {
      throw new ProviderError('model', `${this.where}: a file is over ${this.most} bytes`);
    }
    this.decoded.push(bytes);
  }

  /** Undecided until there are as many characters as tell, or until the comma of a data URL. */
  private afterHead(text: string): string {
    const head = (this.head ?? '') + text;
    const undecided = head.length < TELLING_CHARACTERS;
    if (!undecided && !head.startsWith(DATA_URL)) {
      this.head = undefined;
      if (!LINK.test(head)) return head;
      this.follow(head);
      return '';
    }
    const comma = undecided ? -1 : head.indexOf(',');
    this.head = comma < 0 ? head : undefined;
    if (comma < 0 && head.length > LONGEST_HEAD) this.malformed();
    return comma < 0 ? '' : head.slice(comma + 1);
  }

  private follow(text: string): void {
    this.address = (this.address ?? '') + text;
    if (this.address.length > LONGEST_LINK) this.malformed();
  }

  private unescaped(piece: Uint8Array): string {
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (!this.escaped && !buffer.includes(BACKSLASH)) return buffer.toString('latin1');
    let text = '';
    for (const byte of buffer) {
      if (!this.escaped) {
        this.escaped = byte === BACKSLASH;
        if (!this.escaped) text += String.fromCharCode(byte);
        continue;
      }
      text += ESCAPED.get(byte) ?? this.malformed();
      this.escaped = false;
    }
    return text;
  }

  private malformed(): never {
    throw new ProviderError('infrastructure', `${this.where}: a file is no base64`);
  }
}
