import type { CallOptions } from '../http/options.js';
import { path } from '../http/request.js';
import type { Transport } from '../http/transport.js';
import type { NewReferenceConsent, Reference, UploadedReference } from '../openapi.js';

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

  /** What it is, and the consent of whom it shows. */
  get(id: string, { signal }: CallOptions = {}): Promise<Reference> {
    return this.#transport.json({ method: 'GET', path: path`/v1/references/${id}`, signal });
  }

  /** Says that the person whom it shows has agreed. The same consent again changes nothing. */
  recordConsent(
    id: string,
    consent: NewReferenceConsent,
    { signal }: CallOptions = {},
  ): Promise<Reference> {
    const call = { method: 'PUT', path: consentOf(id), body: consent, signal } as const;
    return this.#transport.json(call);
  }

  /** Erases the image and has it refused from now on. @param reason goes on record: name nobody in it */
  async withdrawConsent(id: string, reason?: string, { signal }: CallOptions = {}): Promise<void> {
    const query = { reason };
    await this.#transport.text({ method: 'DELETE', path: consentOf(id), query, signal });
  }

  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await this.#transport.text({ method: 'DELETE', path: path`/v1/references/${id}`, signal });
  }
}

const consentOf = (id: string): string => path`/v1/references/${id}/consent`;
