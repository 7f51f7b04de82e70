import { ProviderError } from '@imprest/application';
import type { Dispatcher } from 'undici';

const MOST_JSON_BYTES = 1024 * 1024;
/** Of an answer that nobody wants: read, so that the connection can be kept. */
const MOST_DISCARDED_BYTES = 64 * 1024;

/** An answer whose body has not come yet. */
export class ProviderAnswer {
  readonly status: number;

  constructor(
    /** The provider, the method and the path. */
    readonly where: string,
    private readonly answer: Dispatcher.ResponseData,
    private readonly lost: (error: unknown) => ProviderError,
  ) {
    this.status = answer.statusCode;
  }

  get isSuccess(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** Pieces of the body as they come. Whoever stops early closes the connection. @throws ProviderError */
  async *pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const piece of this.answer.body) yield piece as Uint8Array;
    } catch (error) {
      throw this.lost(error);
    }
  }

  /** @throws ProviderError of class `model` when there are more bytes, as soon as that is known */
  async bytes(most: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of this.pieces()) {
      length += piece.byteLength;
      if (length > most) {
        throw new ProviderError('model', `${this.where}: the answer is over ${most} bytes`);
      }
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }

  /** @throws ProviderError of class `infrastructure` for what is no JSON */
  async json(most = MOST_JSON_BYTES): Promise<unknown> {
    const bytes = await this.bytes(most);
    try {
      return JSON.parse(Buffer.from(bytes).toString('utf8'));
    } catch (cause) {
      throw new ProviderError('infrastructure', `${this.where}: the answer is no JSON`, { cause });
    }
  }

  async discard(): Promise<void> {
    await this.answer.body.dump({ limit: MOST_DISCARDED_BYTES }).catch(() => undefined);
  }
}
