/** From the process to its signing thread. */
export type ToThread =
  | {
      readonly kind: 'file';
      readonly id: number;
      readonly bytes: Uint8Array;
      readonly mediaType: string;
      readonly manifest: string;
      readonly algorithm: string;
      readonly reservedBytes: number;
    }
  | { readonly kind: 'signature'; readonly signature: Uint8Array };

/** And back. The key stays with the process: the thread asks for each signature. */
export type FromThread =
  | { readonly kind: 'claim'; readonly claim: Uint8Array }
  | { readonly kind: 'signed'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
