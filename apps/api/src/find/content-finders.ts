import {
  CHARACTER_ID,
  EVENT_STORE,
  type EventStore,
  idOfUuid,
  isGenerationId,
  isReferenceId,
  ownCharacter,
  ownGeneration,
  ReferenceViews,
} from '@imprest/application';
import { AssetQueries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { Finder, Found } from './found.js';

const IMAGE_ID = /^img_[0-9a-z]{26}$/;

/** What tenants make, and what they make it of. */
@Injectable()
export class ContentFinders {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly assets: AssetQueries,
    private readonly references: ReferenceViews,
  ) {}

  readonly all: readonly Finder[] = [
    {
      scope: 'generations:read',
      // Jobs of one dialect go by a UUID.
      spelled: (text) => isGenerationId(idOfUuid('req', text) ?? text),
      find: (tenantId, text) => this.generation(tenantId, idOfUuid('req', text) ?? text),
    },
    {
      scope: 'generations:read',
      spelled: (text) => IMAGE_ID.test(text),
      find: (tenantId, id) => this.image(tenantId, id),
    },
    {
      scope: 'generations:read',
      spelled: isReferenceId,
      find: async (tenantId, id) => {
        await this.references.get(tenantId, id);
        return { kind: 'reference', id, name: null, path: `/v1/references/${id}` };
      },
    },
    {
      scope: 'generations:read',
      spelled: (text) => CHARACTER_ID.test(text),
      find: async (tenantId, id) => {
        const { model } = await ownCharacter(this.store, tenantId, id);
        return { kind: 'character', id, name: model, path: `/v1/characters/${id}` };
      },
    },
  ];

  private async generation(tenantId: string, id: string): Promise<Found> {
    const { model } = await ownGeneration(this.store, tenantId, id);
    return { kind: 'generation', id, name: model, path: `/v1/generations/${id}` };
  }

  private async image(tenantId: string, id: string): Promise<Found | undefined> {
    const asset = await this.assets.find(tenantId, id);
    if (asset === undefined) return undefined;
    const { model: name } = await ownGeneration(this.store, tenantId, asset.generationId);
    return { kind: 'image', id, name, path: `/v1/generations/${asset.generationId}` };
  }
}
