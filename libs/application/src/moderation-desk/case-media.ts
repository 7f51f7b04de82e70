import { createHmac, timingSafeEqual } from 'node:crypto';
import { domainError } from '@imprest/domain';
import type { EncryptedAssets } from '../confidential/index.js';
import { DomainFailure } from '../domain-failure.js';
import { thumbnailId } from '../outputs/index.js';
import type { Clock } from '../ports/clock.js';
import type { MediaViewer } from '../ports/media-viewer.js';
import type { Secrets } from '../secrets.js';
import type { CaseView } from './case-view.js';

export interface CaseMediaServices {
  readonly assets: EncryptedAssets;
  readonly viewer: MediaViewer;
  readonly secrets: Pick<Secrets, 'assetUrlKey'>;
  readonly clock: Clock;
}

export interface ShownMedia {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** Leave for one person to see one picture as it is, for a moment. */
export interface ViewPass {
  /** Unix seconds. */
  readonly expiresAt: number;
  readonly signature: string;
}

const VIEW_SECONDS = 60;

const gone = () => new DomainFailure(domainError('not_found', 'there is no such image any more'));

/** Shows moderators what a case is about: blurred as often as they like, as it is with a pass of their own. */
export class CaseMediaViews {
  constructor(private readonly services: CaseMediaServices) {}

  /** @throws DomainFailure not_found when it is not of the case or not there any more; conflict for an MP4 */
  async blurred(view: CaseView, assetId: string): Promise<ShownMedia> {
    const { assets, viewer } = this.services;
    demandShowable(view, assetId);
    // Of what was delivered there is a small one already.
    const found = (await assets.read(thumbnailId(assetId))) ?? (await assets.read(assetId));
    if (found === undefined) throw gone();
    const picture = await viewer.blurred(found.bytes, found.mediaType);
    if (picture !== undefined) return picture;
    throw new DomainFailure(
      domainError('conflict', 'a clip cannot be blurred here: it has no preview'),
    );
  }

  /** What was recorded as unblurred may be seen by whoever recorded it, for a minute. */
  pass(caseId: string, assetId: string, operator: string): ViewPass {
    const expiresAt = Math.floor(this.services.clock.now().getTime() / 1_000) + VIEW_SECONDS;
    return { expiresAt, signature: this.sign(caseId, assetId, operator, expiresAt) };
  }

  /** @throws DomainFailure forbidden without a pass that is good now; not_found when it is not there any more */
  async clear(
    view: CaseView,
    assetId: string,
    operator: string,
    { expiresAt, signature }: ViewPass,
  ): Promise<ShownMedia> {
    const { assets, viewer, clock } = this.services;
    demandShowable(view, assetId);
    const expected = Buffer.from(this.sign(view.id, assetId, operator, expiresAt));
    const given = Buffer.from(signature);
    const genuine = given.length === expected.length && timingSafeEqual(given, expected);
    if (!genuine || clock.now().getTime() > expiresAt * 1_000) {
      throw new DomainFailure(domainError('forbidden', 'unblur the image to see it as it is'));
    }
    const found = await assets.read(assetId);
    if (found === undefined) throw gone();
    return (await viewer.clear(found.bytes, found.mediaType)) ?? found;
  }

  private sign(caseId: string, assetId: string, operator: string, expiresAt: number): string {
    const hmac = createHmac('sha256', this.services.secrets.assetUrlKey);
    const parts = ['moderation view', caseId, assetId, operator, String(expiresAt)];
    return hmac.update(parts.join('\n')).digest('base64url');
  }
}

function demandShowable({ media, grounds }: CaseView, assetId: string): void {
  if (grounds === 'known_file') {
    throw new DomainFailure(domainError('forbidden', 'a known file is never shown'));
  }
  if (!media.some((each) => each.assetId === assetId)) throw gone();
}
