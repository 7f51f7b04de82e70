import { readFileSync } from 'node:fs';
import type { OutputModerator } from '@imprest/application';
import {
  Classifier,
  HashList,
  HashListInvalid,
  HashMatch,
  OutputClassifier,
} from '@imprest/moderator-services';
import { ConfigError, type ModerationChoice } from '@imprest/platform';

export interface OutputModerators {
  /** The quickest first. */
  readonly moderators: readonly OutputModerator[];
  close(): Promise<void>;
}

/** Those that the configuration names: none by default. @throws ConfigError */
export function outputModerators(choice: ModerationChoice): OutputModerators {
  const services: { close(): Promise<void> }[] = [];
  const moderators: OutputModerator[] = [];
  if (choice.hashList !== undefined) moderators.push(hashList(choice.hashList));
  if (choice.hashMatch !== undefined) {
    const match = new HashMatch(choice.hashMatch);
    services.push(match);
    moderators.push(match);
  }
  if (choice.outputClassifier !== undefined) {
    const classifier = new Classifier({ name: 'output-classifier', ...choice.outputClassifier });
    services.push(classifier);
    moderators.push(new OutputClassifier(classifier));
  }
  return {
    moderators,
    close: async () => void (await Promise.all(services.map((service) => service.close()))),
  };
}

function hashList(file: string): HashList {
  try {
    return new HashList(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof HashListInvalid ? error.message : 'it cannot be read';
    throw new ConfigError([`IMPREST_OUTPUT_HASH_LIST: ${file}: ${reason}`]);
  }
}
