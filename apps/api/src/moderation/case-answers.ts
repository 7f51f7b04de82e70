import {
  type CaseView,
  DeciderRunner,
  DomainFailure,
  EncryptedAssets,
  EVENT_STORE,
  type EventStore,
  endUserStream,
  loadCase,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';

/** How a medium can be looked at: blurred first, as a clip without a preview, never, or not any more. */
type MediaState = 'preview' | 'clip' | 'never' | 'gone';

/** Moderation cases as routes answer them. */
@Injectable()
export class CaseAnswers {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly assets: EncryptedAssets,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** The case as its stream tells it now. @throws DomainFailure not_found */
  async view(id: string): Promise<CaseView> {
    return (await this.load(id)).view;
  }

  /** The same with all that happened to it, and what can be seen of it. @throws DomainFailure not_found */
  async detail(id: string) {
    const { view, history } = await this.load(id);
    const media = await Promise.all(
      view.media.map(async (each) => ({ ...each, ...(await this.standing(view, each)) })),
    );
    const endUserBlocked = await this.runner.read(
      endUserStream,
      view.endUserId,
      ({ blocked }) => blocked,
    );
    return { ...view, media, endUserBlocked, history };
  }

  private async load(id: string) {
    const found = await loadCase(this.store, id);
    if (found !== undefined) return found;
    throw new DomainFailure(domainError('not_found', `there is no moderation case ${id}`));
  }

  private async standing(
    { grounds }: CaseView,
    { assetId, mediaType }: CaseView['media'][number],
  ): Promise<{ readonly state: MediaState; readonly bytes: number | null }> {
    if (grounds === 'known_file') return { state: 'never', bytes: null };
    const found = await this.assets.find(assetId);
    if (found === undefined) return { state: 'gone', bytes: null };
    return { state: mediaType === 'video/mp4' ? 'clip' : 'preview', bytes: found.size };
  }
}
