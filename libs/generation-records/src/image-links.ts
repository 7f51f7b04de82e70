/** Where the pictures of a record are, in one of the two forms a request can ask for. */
export type ImageLink =
  | { readonly id: string; readonly expiresAt: string; readonly url: string }
  | { readonly id: string; readonly expiresAt: string; readonly b64_json: string }
  | { readonly id: string; readonly error: { readonly code: 'storage_failed' } };

/** Where the clip of a video is. */
export interface VideoLink {
  readonly id: string;
  readonly expiresAt: string;
  readonly url: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
}
