import type { WebhookScheme } from './endpoint.ts';

/** How a scheme with a shared secret signs; docs/webhooks.md, section Signatures. */
export interface SignatureProfile {
  readonly timestampHeader: string;
  readonly signatureHeader: string;
  /** Also signed, before the timestamp; absent where the scheme names none. */
  readonly idHeader?: string;
  /** Between the signatures of an overlap. */
  readonly separator: ' ' | ',';
  readonly prefix: string;
  readonly encoding: 'base64' | 'hex';
  /** Whether the key is the decoded part behind `whsec_`, or the secret as it is shown. */
  readonly isKeyDecoded: boolean;
}

export const profiles: Readonly<
  Record<Exclude<WebhookScheme, 'standard-ed25519'>, SignatureProfile>
> = {
  standard: {
    timestampHeader: 'webhook-timestamp',
    signatureHeader: 'webhook-signature',
    idHeader: 'webhook-id',
    separator: ' ',
    prefix: 'v1,',
    encoding: 'base64',
    isKeyDecoded: true,
  },
  xmode: {
    timestampHeader: 'x-xmode-timestamp',
    signatureHeader: 'x-xmode-signature',
    separator: ',',
    prefix: 'v1=',
    encoding: 'hex',
    isKeyDecoded: false,
  },
  xavira: {
    timestampHeader: 'x-xavira-timestamp',
    signatureHeader: 'x-xavira-signature',
    separator: ',',
    prefix: '',
    encoding: 'hex',
    isKeyDecoded: false,
  },
};
