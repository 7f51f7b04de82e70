import { readFileSync } from 'node:fs';
import type { OutputModerator } from '@imprest/application';
import { ConfigError, type ModerationChoice } from '@imprest/platform';

export interface OutputModerators {
  /** The quickest first. */
  readonly moderators: readonly OutputModerator[];
  close(): Promise<void>;
}

/** Those that the configuration names: none by default, and then their code is not loaded. @throws ConfigError */
export async function outputModerators(choice: ModerationChoice): Promise<OutputModerators> {
  const { hashList: list, hashMatch, outputClassifier } = choice;
  if (list === undefined && hashMatch === undefined && outputClassifier === undefined) {
    return { moderators: [], close: async () => {} };
  }
  const known = await import('@imprest/moderator-services');
  const services: { close(): Promise<void> }[] = [];
  const moderators: OutputModerator[] = [];
  if (list !== undefined) moderators.push(hashList(known, list));
  if (hashMatch !== undefined) {
    const match = new known.HashMatch(hashMatch);
    services.push(match);
    moderators.push(match);
  }
  if (outputClassifier !== undefined) {
    const classifier = new known.Classifier({ name: 'output-classifier', ...outputClassifier });
    services.push(classifier);
    moderators.push(new known.OutputClassifier(classifier));
  }
  return {
    moderators,
    close: async () => void (await Promise.all(services.map((service) => service.close()))),
  };
}

type Services = typeof import('@imprest/moderator-services');

function hashList({ HashList, HashListInvalid }: Services, file: string): OutputModerator {
  try {
    return new HashList(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof HashListInvalid ? error.message : 'it cannot be read';
    throw new ConfigError([`IMPREST_OUTPUT_HASH_LIST: ${file}: ${reason}`]);
  }
}
