/** A look at an image that is not finished, as it lies in the store: the picture under the data key of its generation. */
export interface SealedPreview {
  readonly generationId: string;
  /** Of the image, from 0. */
  readonly index: number;
  /** Of the lease under which it was made. */
  readonly fence: number;
  /** How far the image is, where its provider counts steps. */
  readonly step: number | null;
  readonly steps: number | null;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly dataKeyId: string;
  readonly sealed: string;
}

export interface StoredPreview extends SealedPreview {
  /** Grows with every preview that is put. */
  readonly version: number;
}

export interface PreviewRate {
  /** Least time between two previews of one generation. */
  readonly everyMs: number;
  /** Previews of one generation in all. */
  readonly most: number;
}

/**
 * What all processes know of previews together: which generations somebody watches, and the latest preview of each of their
 * images. None of it is a fact about a generation: it may be lost at any time, and nobody is the worse for it.
 */
export interface PreviewStore {
  /** Somebody watches them from now on, for so long. Safe to repeat. */
  watch(generationIds: readonly string[], forMs: number): Promise<void>;
  /** Whether a preview may come now; if so it is counted. Never for what nobody watches, or what was withheld. */
  admit(generationId: string, rate: PreviewRate): Promise<boolean>;
  /** Replaces the one before it, unless a later lease has made that. Kept only for what is watched and not withheld. */
  put(preview: SealedPreview): Promise<void>;
  /** The latest of each image, behind the versions that are named for each generation; at most a hundred, in order of versions. */
  since(versions: ReadonlyMap<string, number>): Promise<readonly StoredPreview[]>;
  /** Takes the previews of a generation away, and lets no other one come. */
  withhold(generationId: string): Promise<void>;
  /** They have ended, or their attempts have. Safe to repeat. */
  remove(generationIds: readonly string[]): Promise<void>;
  /** Takes away what nobody watches any more. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}
