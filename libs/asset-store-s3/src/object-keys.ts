import { isAssetId } from '@imprest/application';

const FOLDER = 'assets/';

/** Asset ids as object keys: `<prefix>/assets/<id>`. Keys are case-sensitive and even by hash of the service. */
export class ObjectKeys {
  /** What all keys of this store begin with. */
  readonly base: string;

  constructor(prefix = '') {
    const trimmed = prefix.replace(/^\/+|\/+$/g, '');
    this.base = trimmed === '' ? FOLDER : `${trimmed}/${FOLDER}`;
  }

  keyOf(assetId: string): string {
    return this.base + assetId;
  }

  /** Undefined for an object that is no blob of this store. */
  assetIdOf(key: string): string | undefined {
    if (!key.startsWith(this.base)) return undefined;
    const id = key.slice(this.base.length);
    return isAssetId(id) ? id : undefined;
  }
}
