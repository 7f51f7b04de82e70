import { ProviderError } from '@imprest/application';
import { type JsonPath, JsonScanner, type ScannedFile } from '@imprest/provider-http';

export interface ScanLimits {
  /** The provider, the method and the path, for errors. */
  readonly where: string;
  readonly mostFileBytes: number;
  /** In one event. */
  readonly mostFiles: number;
}

/** An event without its files: those came before it. */
export interface ScannedEvent {
  readonly name: string;
  readonly body: unknown;
}

const LINE_END = 0x0a;
const DATA = 'data:';
const EVENT = 'event:';
const LONGEST_LINE = 4_096;
/** Logs are told again at the end, all of them. */
export const MOST_OTHER_BYTES = 8 * 1024 * 1024;

/** Where predictions have files: the chunk of an `output` event, and the output of a prediction or its items. */
export const isOutput = (path: JsonPath): boolean =>
  (path.length === 1 && path[0] === 'chunk') ||
  (path[0] === 'output' &&
    (path.length === 1 || (path.length === 2 && typeof path[1] === 'number')));

/**
 * Reads a stream of server-sent events (HTML standard, 9.2) whose data are JSON, and takes files out of them as they come, so
 * that no more than one is in memory.
 */
export class EventScanner {
  private line = '';
  private name = '';
  private isData = false;
  private scanner: JsonScanner | undefined;

  constructor(private readonly limits: ScanLimits) {}

  /** @throws ProviderError when a bound is broken, or the data are no JSON */
  *push(piece: Uint8Array): Generator<ScannedFile | ScannedEvent, void, undefined> {
    for (let at = 0; at < piece.length; ) {
      const found = piece.indexOf(LINE_END, at);
      const end = found < 0 ? piece.length : found;
      yield* this.take(piece.subarray(at, end));
      if (found >= 0) yield* this.endLine();
      at = end + 1;
    }
  }

  private *take(part: Uint8Array): Generator<ScannedFile, void, undefined> {
    if (!this.isData) {
      this.line += Buffer.from(part).toString('latin1');
      if (!this.line.startsWith(DATA)) {
        if (this.line.length > LONGEST_LINE) this.malformed();
        return;
      }
      this.isData = true;
      const rest = Buffer.from(this.line.slice(DATA.length), 'latin1');
      this.line = '';
      yield* this.scan(rest);
      return;
    }
    yield* this.scan(part);
  }

  private scan(part: Uint8Array): Generator<ScannedFile, void, undefined> {
    const { limits } = this;
    this.scanner ??= new JsonScanner({
      ...{ ...limits, isFile: isOutput, mostOtherBytes: MOST_OTHER_BYTES },
    });
    return this.scanner.push(part);
  }

  private *endLine(): Generator<ScannedEvent, void, undefined> {
    const line = this.line.replace(/\r$/, '');
    this.line = '';
    if (this.isData) {
      this.isData = false;
    } else if (line.startsWith(EVENT)) {
      this.name = line.slice(EVENT.length).trim();
    } else if (line === '') {
      const { name, scanner } = this;
      this.name = '';
      this.scanner = undefined;
      if (scanner !== undefined) yield { name, body: scanner.end() };
    }
  }

  private malformed(): never {
    throw new ProviderError(
      'infrastructure',
      `${this.limits.where}: the answer is no event stream`,
    );
  }
}
