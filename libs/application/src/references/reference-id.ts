import { derivedId } from '../identifiers.js';

const REFERENCE_ID = /^ref_[0-9a-z]{42}$/;
const OWNER_CHARACTERS = 16;

const tail = (id: string) => id.slice(id.indexOf('_') + 1);

/** Whether a text stands for an uploaded image where a URL might stand as well. */
export function isReferenceId(text: string): boolean {
  return REFERENCE_ID.test(text);
}

const STORED_ID = /^(ref_[0-9a-z]{42}|img_[0-9a-z]{26})$/;

/** Whether a text stands for an image kept here, uploaded or made, where a worker may find a URL as well. */
export function isStoredId(text: string): boolean {
  return STORED_ID.test(text);
}

/** Ids of uploaded images: the owner is part of each, so that whose it is needs no look-up. */
export class ReferenceIds {
  private readonly pepper: string;

  /** @param pepper keeps others from telling by an id whether a tenant has uploaded an image. */
  constructor(pepper: Uint8Array) {
    this.pepper = Buffer.from(pepper).toString('hex');
  }

  /** The same for the same content of the same tenant. @param sha256 of the content, in hex. */
  of(tenantId: string, sha256: string): string {
    const content = tail(derivedId('content', this.pepper, tenantId, sha256));
    return `ref_${this.owner(tenantId)}${content}`;
  }

  isOwn(tenantId: string, id: string): boolean {
    return isReferenceId(id) && id.startsWith(`ref_${this.owner(tenantId)}`);
  }

  private owner(tenantId: string): string {
    return tail(derivedId('owner', this.pepper, tenantId)).slice(0, OWNER_CHARACTERS);
  }
}
