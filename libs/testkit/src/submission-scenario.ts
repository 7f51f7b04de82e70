import {
  type DataKey,
  deriveSecrets,
  EncryptedAssets,
  EndUserDirectory,
  type GenerationRequestInput,
  type Moderator,
  type OutgoingTargetGuard,
  StoredReferences,
  StreamChanges,
  SubmitGeneration,
  SubmitGenerationHandler,
  type SubmittedGeneration,
  type Submitter,
} from '@imprest/application';
import { exampleIds } from './builders/index.js';
import { type DecidingProcess, decidingProcess } from './deciding-process.js';
import { type FixedClock, fixedClock } from './fixed-clock.js';
import { InMemoryAssetStore } from './in-memory-asset-store.js';
import { InMemoryDataKeys } from './in-memory-data-keys.js';
import { InMemoryEventLog } from './in-memory-event-store.js';
import { InMemoryGenerationIndex } from './in-memory-generation-index.js';
import { shortPatience } from './orchestration/attempt-rules.js';
import { byTest, twoModels } from './orchestration/index.js';

const { tenantId } = exampleIds;

export const askedFor: GenerationRequestInput = {
  prompt: 'a mountain lake at sunrise',
  endUserEmail: 'ada@example.com',
  references: [],
  webhookUrl: 'https://hooks.example.com/images',
};

interface Shared {
  readonly log: InMemoryEventLog;
  readonly clock: FixedClock;
  /** Data keys that are durable. */
  readonly keys: Map<string, DataKey>;
  readonly blobs: InMemoryAssetStore;
}

/**
 * Everything between a dialect and the event store, in one process. Others over what it shares stand for
 * other processes.
 */
export class SubmissionScenario {
  readonly shared: Shared;
  readonly process: DecidingProcess;
  readonly dataKeys: InMemoryDataKeys;
  readonly assets: EncryptedAssets;
  readonly references: StoredReferences;
  readonly index: InMemoryGenerationIndex;
  readonly endUsers: EndUserDirectory;
  readonly secrets = deriveSecrets(new Uint8Array(32).fill(1));
  /** A test may give these other answers. */
  readonly moderator: Moderator = { review: () => ({ outcome: 'allow' }) };
  readonly targets: OutgoingTargetGuard = { checkTarget: () => ({ ok: true }) };
  private readonly handler: SubmitGenerationHandler;

  constructor(other?: SubmissionScenario) {
    this.shared = other?.shared ?? {
      log: new InMemoryEventLog(),
      clock: fixedClock(),
      keys: new Map(),
      blobs: new InMemoryAssetStore(),
    };
    const { log, clock, keys, blobs } = this.shared;
    this.process = decidingProcess({ log, clock });
    const { runner, store } = this.process;
    this.dataKeys = new InMemoryDataKeys(keys);
    this.assets = new EncryptedAssets(blobs, this.dataKeys);
    this.references = new StoredReferences(this.assets, blobs, this.secrets.pseudonymPepper);
    this.index = new InMemoryGenerationIndex(log);
    const changes = new StreamChanges(store, clock);
    this.endUsers = new EndUserDirectory(runner, this.dataKeys, this.secrets, clock, changes);
    this.handler = new SubmitGenerationHandler(
      runner,
      this.endUsers,
      store,
      this.dataKeys,
      this.moderator,
      twoModels,
      this.targets,
      this.secrets,
      clock,
      shortPatience,
      this.references,
      this.assets,
    );
  }

  get clock(): FixedClock {
    return this.shared.clock;
  }

  /** One image, 10 tokens. */
  submit(
    input: Partial<GenerationRequestInput> = {},
    submitter: Partial<Submitter> = {},
  ): Promise<SubmittedGeneration> {
    const { apiKeyId } = exampleIds;
    const base = { dialect: 'xmode', idempotencyKey: null, baseUrl: 'https://api.example.com' };
    const who = { tenantId, apiKeyId, models: null, ...base, ...submitter };
    return this.handler.execute(new SubmitGeneration(who, { ...askedFor, ...input }, byTest));
  }

  /** Types of the events of a category, in the order of the store. */
  history(category: string): readonly string[] {
    return this.shared.log.events
      .filter(({ stream }) => stream.startsWith(`${category}-`))
      .map(({ type }) => type);
  }
}
