import type { DataKeys } from '../ports/data-keys.js';
import type { PreviewStore, StoredPreview } from '../ports/preview-store.js';
import { unsealPreview } from './sealed-preview.js';

export interface ShownPreview
  extends Pick<
    StoredPreview,
    'generationId' | 'index' | 'step' | 'steps' | 'width' | 'height' | 'version'
  > {
  readonly mediaType: 'image/webp';
  readonly bytes: Uint8Array;
}

/** Opens what is new of previews for whoever watches. What was erased meanwhile is not among it. */
export class PreviewReader {
  constructor(
    private readonly store: Pick<PreviewStore, 'since'>,
    private readonly dataKeys: Pick<DataKeys, 'open'>,
  ) {}

  /** @param versions that were seen, by generation */
  async since(versions: ReadonlyMap<string, number>): Promise<readonly ShownPreview[]> {
    const stored = await this.store.since(versions);
    if (stored.length === 0) return [];
    const keys = await this.dataKeys.open([...new Set(stored.map(({ dataKeyId }) => dataKeyId))]);
    return stored.flatMap((preview) => {
      const key = keys.get(preview.dataKeyId);
      if (key === undefined) return [];
      const { generationId, index, step, steps, width, height, version } = preview;
      const bytes = unsealPreview(key, preview);
      const about = { generationId, index, step, steps, width, height, version };
      return [{ ...about, mediaType: 'image/webp', bytes } as const];
    });
  }
}
