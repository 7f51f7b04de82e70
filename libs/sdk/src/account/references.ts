import type { CallOptions } from '../http/options.js';
import { path } from '../http/request.js';
import type { Transport } from '../http/transport.js';
import type { UploadedReference } from '../openapi.js';

/** Reference images that are uploaded once and named by id. Every method may throw an ImprestError. */
export class References {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** A still PNG, JPEG or WebP image of at most 10 MB. The same bytes have the same id. */
  upload(image: Blob, { signal }: CallOptions = {}): Promise<UploadedReference> {
    const body = new FormData();
    body.append('file', image, 'reference');
    return this.#transport.json({ method: 'POST', path: '/v1/references', body, signal });
  }

  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await this.#transport.text({ method: 'DELETE', path: path`/v1/references/${id}`, signal });
  }
}
