import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { StoredImage } from '@imprest/domain';
import type { LeaseRef } from '../ports/work-queue.js';
import type { Secrets } from '../secrets.js';

const MAX_RECEIPT_CHARACTERS = 4_096;
const RECEIPT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;

/** Of an image that a process of an earlier version stored while the services were updated. */
const BEFORE_OUTPUT_STAGE = { thumbnail: null, marks: ['xmp'], verdicts: [] } as const;

interface ReceiptContent extends LeaseRef {
  readonly image: StoredImage;
}

/**
 * What was stored for a lease, in the worker's hands until it reports the outcome, and readable in every
 * process that knows the key: `base64url(JSON).base64url(HMAC-SHA256)`. A worker can neither alter one nor
 * use it for another job or lease.
 */
export class UploadReceipts {
  private readonly key: Uint8Array;

  constructor(secrets: Pick<Secrets, 'assetUrlKey'>) {
    const derived = hkdfSync('sha256', secrets.assetUrlKey, 'imprest', 'upload receipts', 32);
    this.key = new Uint8Array(derived);
  }

  give({ id, fence }: LeaseRef, image: StoredImage): string {
    const content: ReceiptContent = { id, fence, image };
    const body = Buffer.from(JSON.stringify(content)).toString('base64url');
    return `${body}.${this.sign(body)}`;
  }

  /** Undefined for a receipt that was not given for this very lease. */
  open(receipt: string, { id, fence }: LeaseRef): StoredImage | undefined {
    if (receipt.length > MAX_RECEIPT_CHARACTERS) return undefined;
    const [, body = '', signature = ''] = RECEIPT.exec(receipt) ?? [];
    if (body === '') return undefined;
    if (!timingSafeEqual(Buffer.from(signature), Buffer.from(this.sign(body)))) return undefined;
    const content = JSON.parse(Buffer.from(body, 'base64url').toString()) as ReceiptContent;
    if (content.id !== id || content.fence !== fence) return undefined;
    return { ...BEFORE_OUTPUT_STAGE, ...content.image };
  }

  private sign(body: string): string {
    return createHmac('sha256', this.key).update(body).digest('base64url');
  }
}
