import {
  DeadLetterRedrive,
  EncryptedAssets,
  EndUserDirectory,
  RedriveInBulk,
  RedrivePermission,
  StoredReferences,
  StreamChanges,
  systemClock,
} from '@imprest/application';
import {
  loadAttemptRules,
  loadModels,
  openDataKeys,
  openPromptModerator,
  operatorKeys,
} from '@imprest/platform';
import type { Engines } from '../engines.js';

/** For as long as `work` takes: everything that a request is checked by, as the API has it. */
export async function withRedriving<T>(
  engines: Engines,
  work: (redrives: RedriveInBulk) => Promise<T>,
): Promise<T> {
  const { config, connectionString } = engines;
  const { secrets } = operatorKeys(config);
  const clock = systemClock;
  const store = await engines.eventStore();
  const runner = engines.runner(store);
  const assetStore = await engines.assetStore();
  const dataKeys = await openDataKeys(connectionString, secrets.dataKeyMaster);
  const { moderator, close } = await openPromptModerator(config);
  try {
    const assets = new EncryptedAssets(assetStore, dataKeys);
    const references = new StoredReferences(assets, assetStore, secrets.pseudonymPepper);
    const changes = new StreamChanges(store, clock);
    const endUsers = new EndUserDirectory(runner, dataKeys, secrets, clock, changes);
    const catalogue = loadModels(config.modelsFile);
    const permission = new RedrivePermission(
      ...([runner, endUsers, references, dataKeys, catalogue, moderator, clock] as const),
    );
    const rules = loadAttemptRules(config.attemptRulesFile);
    const handler = new DeadLetterRedrive(
      ...([runner, permission, store, dataKeys, rules, clock] as const),
    );
    return await work(new RedriveInBulk(handler));
  } finally {
    await close();
    await dataKeys.close();
  }
}
