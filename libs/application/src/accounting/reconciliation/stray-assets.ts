import { imageIdOf } from '../../outputs/index.js';
import type { AssetStore } from '../../ports/asset-store.js';
import type { ReconciliationBooks } from '../../ports/reconciliation-books.js';
import { isReferenceId } from '../../references/index.js';
import type { FoundThing } from '../audit-findings.js';

const AT_ONCE = 500;

/**
 * Blobs that no generation has: nobody pays for them and nobody can ask for them.
 * @param before those written later may still become somebody's.
 */
export async function* strayAssets(
  assets: AssetStore,
  books: ReconciliationBooks,
  before: Date,
): AsyncGenerator<FoundThing> {
  let ids: string[] = [];
  for await (const assetId of assets.listWrittenBefore(before)) {
    // Uploaded references are no generation's; their own retention ends them.
    if (isReferenceId(assetId)) continue;
    ids.push(assetId);
    if (ids.length < AT_ONCE) continue;
    yield* strays(ids, books);
    ids = [];
  }
  yield* strays(ids, books);
}

async function* strays(
  ids: readonly string[],
  books: ReconciliationBooks,
): AsyncGenerator<FoundThing> {
  const known = await books.knownAssets([...new Set(ids.map(imageIdOf))]);
  for (const id of ids) {
    if (known.has(imageIdOf(id))) continue;
    const subjects = [{ kind: 'asset', id }];
    yield {
      check: 'strayAsset',
      subjects,
      message: 'the asset store has it, and no generation does',
    };
  }
}
