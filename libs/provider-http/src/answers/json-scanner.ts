import { ProviderError } from '@imprest/application';
import { Base64File } from './base64-file.js';

/** Keys and places from the root to a value: `['data', 0, 'b64_json']`. */
export type JsonPath = readonly (string | number)[];

export interface ScannedFile {
  readonly path: JsonPath;
  /** Empty where there is a link. */
  readonly bytes: Uint8Array;
  /** Where the file is, instead of the file. */
  readonly link?: string;
}

export interface ScanRules {
  /** The provider, the method and the path, for errors. */
  readonly where: string;
  /** Which text values are files in base64. */
  isFile(path: JsonPath): boolean;
  /** Bytes of one file. */
  readonly mostFileBytes: number;
  readonly mostFiles: number;
  /** Bytes of everything that is no file; 1 MiB when absent. */
  readonly mostOtherBytes?: number;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];
const DEEPEST = 64;
const MOST_OTHER_BYTES = 1024 * 1024;
const NULL = Buffer.from('null');

interface Level {
  readonly isArray: boolean;
  key: string | number;
}

/**
 * Takes files out of a JSON text as it comes, so that no more than one of them is in memory. What is left, with a null for
 * each file, is small and parsed as usual: that finds whatever is no JSON.
 */
export class JsonScanner {
  private readonly levels: Level[] = [];
  private readonly kept: Uint8Array[] = [];
  private keptBytes = 0;
  private state: 'between' | 'key' | 'text' | 'file' = 'between';
  private awaitsKey = false;
  private escaped = false;
  private key: Buffer[] = [];
  private file: Base64File | undefined;
  private files = 0;

  constructor(private readonly rules: ScanRules) {}

  /** @throws ProviderError when a bound is broken */
  *push(chunk: Uint8Array): Generator<ScannedFile, void, undefined> {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let at = 0; at < bytes.length; ) {
      if (this.state === 'between') {
        at = this.between(bytes, at);
        continue;
      }
      const end = this.endOfText(bytes, at);
      const piece = bytes.subarray(at, end);
      const isOver = end < bytes.length;
      if (this.state === 'file') this.file?.push(piece);
      else this.keep(isOver ? bytes.subarray(at, end + 1) : piece);
      if (this.state === 'key') this.key.push(Buffer.from(piece));
      at = isOver ? end + 1 : end;
      if (isOver) yield* this.textOver();
    }
  }

  /** The JSON without its files. @throws ProviderError of class `infrastructure` when it is none */
  end(): unknown {
    try {
      return JSON.parse(Buffer.concat(this.kept).toString('utf8'));
    } catch (cause) {
      throw new ProviderError('infrastructure', `${this.rules.where}: the answer is no JSON`, {
        cause,
      });
    }
  }

  /** Up to the next text, or to the end of what there is. */
  private between(bytes: Buffer, start: number): number {
    let at = start;
    for (; at < bytes.length && bytes[at] !== QUOTE; at += 1) this.structure(bytes[at] as number);
    this.keep(bytes.subarray(start, at));
    if (at === bytes.length) return at;
    const level = this.levels.at(-1);
    if (this.awaitsKey && level?.isArray === false) this.state = 'key';
    else this.state = this.rules.isFile(this.path()) ? 'file' : 'text';
    if (this.state === 'file') this.beginFile();
    else this.keep(bytes.subarray(at, at + 1));
    return at + 1;
  }

  private beginFile(): void {
    const { where, mostFileBytes, mostFiles } = this.rules;
    this.files += 1;
    if (this.files > mostFiles) {
      throw new ProviderError('model', `${where}: the answer has over ${mostFiles} files`);
    }
    this.file = new Base64File(where, mostFileBytes);
    this.keep(NULL);
  }

  private structure(byte: number): void {
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (this.levels.length === DEEPEST) this.malformed();
      const isArray = byte === OPEN_ARRAY;
      this.levels.push({ isArray, key: isArray ? 0 : '' });
      this.awaitsKey = !isArray;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      this.levels.pop();
      this.awaitsKey = false;
    } else if (byte === COMMA) {
      const level = this.levels.at(-1);
      if (level?.isArray) level.key = Number(level.key) + 1;
      this.awaitsKey = level?.isArray === false;
    } else if (byte === COLON) this.awaitsKey = false;
  }

  /** Where the quote is that ends the text, or the length of what there is. */
  private endOfText(bytes: Buffer, start: number): number {
    for (let at = start; at < bytes.length; at += 1) {
      if (this.escaped) {
        this.escaped = false;
        continue;
      }
      const quote = bytes.indexOf(QUOTE, at);
      const end = quote < 0 ? bytes.length : quote;
      const backslash = bytes.subarray(at, end).indexOf(BACKSLASH);
      if (backslash < 0) return end;
      at += backslash;
      this.escaped = true;
    }
    return bytes.length;
  }

  private *textOver(): Generator<ScannedFile, void, undefined> {
    const level = this.levels.at(-1);
    if (this.state === 'key' && level !== undefined) {
      level.key = this.keyText();
      this.key = [];
    }
    const { file } = this;
    this.state = 'between';
    this.file = undefined;
    if (file === undefined) return;
    const { link } = file;
    const bytes = link === undefined ? file.end() : new Uint8Array();
    yield { path: this.path(), bytes, ...(link !== undefined && { link }) };
  }

  private keyText(): string {
    try {
      return JSON.parse(`"${Buffer.concat(this.key).toString('utf8')}"`);
    } catch {
      return this.malformed();
    }
  }

  private path(): JsonPath {
    return this.levels.map(({ key }) => key);
  }

  private keep(bytes: Uint8Array): void {
    if (bytes.byteLength === 0) return;
    this.keptBytes += bytes.byteLength;
    const most = this.rules.mostOtherBytes ?? MOST_OTHER_BYTES;
    if (this.keptBytes > most) {
      throw new ProviderError(
        'model',
        `${this.rules.where}: the answer has over ${most} bytes that are no file`,
      );
    }
    this.kept.push(Buffer.from(bytes));
  }

  private malformed(): never {
    throw new ProviderError('infrastructure', `${this.rules.where}: the answer is no JSON`);
  }
}
