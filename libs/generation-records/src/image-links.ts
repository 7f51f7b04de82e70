/** What is told of any output that was stored. */
interface StoredOutput {
  readonly id: string;
  readonly expiresAt: string;
  /** Hex, of the file as it is handed out. */
  readonly sha256: string;
  /** A small WebP; absent where there is none. */
  readonly thumbnailUrl?: string;
}

/** Where the pictures of a record are, in one of the two forms a request can ask for. */
export type ImageLink =
  | (StoredOutput & { readonly url: string })
  | (StoredOutput & { readonly b64_json: string })
  | { readonly id: string; readonly error: { readonly code: 'storage_failed' } };

/** Where the clip of a video is. */
export interface VideoLink extends StoredOutput {
  readonly url: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
}
