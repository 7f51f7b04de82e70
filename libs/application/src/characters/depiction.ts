import {
  type CharacterTraits,
  enhancePrompt,
  identityAnchor,
  type PresetLibrary,
} from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { ShownCharacter } from '../generations/confidential-input.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { GenerationRequestInput } from '../generations/prepare-request.js';
import { derivedId } from '../identifiers.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import { DATA_KEYS, EVENT_STORE, PRESET_LIBRARY } from '../ports/tokens.js';
import { everOwnCharacter, noSuchCharacter } from './character-view.js';
import { openCharacter } from './confidential-profile.js';

export interface DepictionRequest {
  readonly characterId: string;
  readonly prompt: string;
  /** The prompt reaches the model as it is. */
  readonly rawPrompt: boolean;
}

/** What a picture of a character adds to a request for images. */
export type Depiction = Pick<
  GenerationRequestInput,
  'model' | 'prompt' | 'asked' | 'negativePrompt' | 'character'
>;

/** Turns what a caller says of a character into what a model is asked for. */
@Injectable()
export class Depictions {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(PRESET_LIBRARY) private readonly library: PresetLibrary,
  ) {}

  /**
   * @param idempotencyKey of the request: a repeat gets its first answer also when the character has gone since
   * @throws DomainFailure not_found
   */
  async of(
    tenantId: string,
    request: DepictionRequest,
    idempotencyKey: string | null,
  ): Promise<Depiction> {
    const { characterId, prompt, rawPrompt } = request;
    const view = await everOwnCharacter(this.store, tenantId, characterId);
    if (view.deleted) {
      await this.demandRepeat(tenantId, characterId, idempotencyKey);
      return { model: view.model, prompt, asked: { prompt, characterId, rawPrompt } };
    }
    const { model, traits } = await openCharacter(this.dataKeys, view);
    const text = rawPrompt ? { prompt } : enhancePrompt({ prompt, traits, model }, this.library);
    return {
      model,
      ...text,
      // What the caller said, and not what the library and the traits make of it today, tells a repeat.
      asked: { prompt, characterId, rawPrompt },
      character: shown(characterId, view.traitsVersion, traits),
    };
  }

  /** Nothing new is made of a character that was deleted. */
  private async demandRepeat(tenantId: string, characterId: string, key: string | null) {
    const known = key && (await loadGeneration(this.store, derivedId('req', tenantId, key)));
    if (!known) throw noSuchCharacter(characterId);
  }
}

function shown(id: string, traitsVersion: number, traits: CharacterTraits): ShownCharacter {
  return { id, traitsVersion, description: identityAnchor(traits) };
}
