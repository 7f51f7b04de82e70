import type { JobStatus, JobSucceeded, Tokens } from '@imprest/domain';
import type { GenerationView } from '../../generations/generation-view.js';
import type { AssetOnRecord, MoneyOfGeneration } from '../../ports/reconciliation-books.js';

/** The work, as its own stream tells it. */
export interface WorkOfJob {
  readonly status: JobStatus;
  /** What the attempt that counted brought; null unless it succeeded. */
  readonly result: JobSucceeded['data'] | null;
}

/** Everything that is known of one generation, each part by whoever is responsible for it. */
export interface GenerationEvidence {
  readonly generationId: string;
  readonly generation: GenerationView | undefined;
  readonly job: WorkOfJob | undefined;
  readonly money: MoneyOfGeneration | undefined;
  readonly assets: readonly AssetOnRecord[];
  /** Of the images that the generation says it has: those that the asset store does not hold. */
  readonly missingBlobs: ReadonlySet<string>;
}

export interface Difference {
  readonly check: string;
  readonly message: string;
  /** An image, when it is about one. */
  readonly assetId?: string;
}

const sum = (lots: ReadonlyMap<string, Tokens>) =>
  [...lots.values()].reduce((total, tokens) => total + tokens, 0n);

const lotsText = (lots: Iterable<readonly [string, bigint]>) =>
  [...lots].map(([lotId, tokens]) => `${tokens} of ${lotId}`).join(', ') || 'none';

function chargeDifferences(
  { charged, refunded, lots }: GenerationView,
  money: MoneyOfGeneration | undefined,
): Difference[] {
  if (money === undefined) {
    if (charged === '0') return [];
    return [{ check: 'chargedWithoutHold', message: `${charged} tokens were charged, none held` }];
  }
  const captured = sum(money.captured);
  if (money.closes !== 1) {
    const message = `its hold was closed ${money.closes} times`;
    return [{ check: 'holdNotClosedOnce', message }];
  }
  if (captured.toString() !== charged || money.released.toString() !== refunded) {
    const message = `the outcome says charged ${charged} and refunded ${refunded}, the ledger captured ${captured} and released ${money.released}`;
    return [{ check: 'chargeAndLedgerDiffer', message }];
  }
  const said = lots?.map(({ lotId, tokens }) => [lotId, BigInt(tokens)] as const) ?? [];
  const nobodySaid = said.length === 0;
  if (!nobodySaid && lotsText(said) !== lotsText(money.captured)) {
    const message = `the record says that ${lotsText(said)} paid, the ledger ${lotsText(money.captured)}`;
    return [{ check: 'lotsDiffer', message }];
  }
  if ([...money.refunded].some(([lotId, tokens]) => tokens > (money.captured.get(lotId) ?? 0n))) {
    const message = `${lotsText(money.refunded)} refunded of ${lotsText(money.captured)} captured`;
    return [{ check: 'refundedTooMuch', message }];
  }
  return [];
}

function workDifferences(view: GenerationView, job: WorkOfJob | undefined): Difference[] {
  const { status, images, price, charged } = view;
  if (status !== 'succeeded') {
    const late = job?.status === 'succeeded' && status === 'failed';
    if (!late) return [];
    return [{ check: 'jobAndOutcomeDiffer', message: 'the work succeeded, the generation failed' }];
  }
  if (job?.status !== 'succeeded') {
    const message = `the generation succeeded, its work is ${job?.status ?? 'unknown'}`;
    return [{ check: 'jobAndOutcomeDiffer', message }];
  }
  const made = new Map(job.result?.stored.map(({ index, sha256 }) => [index, sha256]));
  const found: Difference[] = images
    .filter(({ index, sha256 }) => made.get(index) !== sha256)
    .map(({ index, assetId }) => ({
      ...{ check: 'imagesDiffer', assetId },
      message: `image ${index} is not the one that its work made`,
    }));
  const expected = BigInt(price.perImage) * BigInt(images.length);
  if (expected.toString() !== charged) {
    const message = `${images.length} images at ${price.perImage} make ${expected} tokens, charged were ${charged}`;
    found.push({ check: 'chargeAndImagesDiffer', message });
  }
  return found;
}

function assetDifferences(
  { images, erased }: GenerationView,
  assets: readonly AssetOnRecord[],
  missingBlobs: ReadonlySet<string>,
): Difference[] {
  if (erased) return [];
  const known = new Map(assets.map((asset) => [asset.assetId, asset]));
  return images.flatMap(({ assetId, index }): Difference[] => {
    const asset = known.get(assetId);
    if (asset === undefined) {
      const message = `image ${index} was charged and is not on record`;
      return [{ check: 'imageNotOnRecord', assetId, message }];
    }
    if (asset.erased || !missingBlobs.has(assetId)) return [];
    const message = `image ${index} was charged, and the asset store does not have it`;
    return [{ check: 'imageMissing', assetId, message }];
  });
}

/** How job, ledger and assets tell different stories of one generation that should have come to its end. */
export function matchThreeWays(evidence: GenerationEvidence): readonly Difference[] {
  const { generation, job, money, assets, missingBlobs } = evidence;
  if (generation === undefined) {
    const check = money === undefined ? 'workWithoutRequest' : 'moneyWithoutRequest';
    return [{ check, message: 'nobody asked for it' }];
  }
  const { status } = generation;
  if (status === 'queued' || status === 'processing') {
    const ended = job?.status ?? 'unknown';
    const message = `its work is ${ended}, its hold was closed ${money?.closes ?? 0} times, and it is ${status}`;
    return [{ check: 'notEnded', message }];
  }
  return [
    ...workDifferences(generation, job),
    ...chargeDifferences(generation, money),
    ...assetDifferences(generation, assets, missingBlobs),
  ];
}
