import type { CommandContext } from '../command-context.js';
import { sealText, UnsealFailed, unsealText } from '../confidential/index.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { characterStream } from '../deciding/stream-types.js';
import type { ShownCharacter } from '../generations/confidential-input.js';
import type { DataKey, DataKeys } from '../ports/data-keys.js';
import type { IdentityEmbedding } from '../ports/generation-provider.js';

interface Anchor {
  readonly key: DataKey;
  /** Sealed; null while nobody has worked it out. */
  readonly identity: string | null;
}

/** Looks of characters: worked out once for their traits and used in every picture from then on. */
export class CharacterIdentities {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly dataKeys: DataKeys,
  ) {}

  /** Null while nobody has worked it out, and when traits have changed since or the character is gone. */
  async embeddingOf(shown: ShownCharacter): Promise<IdentityEmbedding | null> {
    const anchor = await this.anchorOf(shown);
    if (anchor === undefined || anchor.identity === null) return null;
    try {
      return JSON.parse(unsealText(anchor.key, anchor.identity, associated(shown)));
    } catch (error) {
      if (error instanceof UnsealFailed) return null;
      throw error;
    }
  }

  /**
   * Keeps what a worker has worked out, unless another one was first. @returns the one that counts; what was
   * given when nothing is kept of this character any more
   */
  async keep(
    shown: ShownCharacter,
    embedding: IdentityEmbedding,
    context: CommandContext,
  ): Promise<IdentityEmbedding> {
    const anchor = await this.anchorOf(shown);
    if (anchor === undefined) return embedding;
    if (anchor.identity === null) {
      const { id, traitsVersion } = shown;
      const sealed = sealText(anchor.key, JSON.stringify(embedding), associated(shown));
      const command = { type: 'AnchorIdentity', traitsVersion, embedding: sealed } as const;
      await this.runner.run(characterStream, id, command, context);
    }
    return (await this.embeddingOf(shown)) ?? embedding;
  }

  private async anchorOf({ id, traitsVersion }: ShownCharacter): Promise<Anchor | undefined> {
    const state = await this.runner.read(characterStream, id, (character) => ({ ...character }));
    if (state.status !== 'active' || state.traitsVersion !== traitsVersion) return undefined;
    const key = (await this.dataKeys.open([state.dataKeyId])).get(state.dataKeyId);
    return key && { key, identity: state.identity };
  }
}

const associated = ({ id }: ShownCharacter) => `${id} identity`;
