import type { Moderator } from '@imprest/application';
import { LocalRulesModerator } from '@imprest/moderator-local-rules';
import type { Config } from '../../config/index.js';

export interface OpenPromptModerator {
  readonly moderator: Moderator;
  close(): Promise<void>;
}

/** The local rules, and after them the classifier, where one is configured: its code is not loaded without. */
export async function openPromptModerator({ moderation }: Config): Promise<OpenPromptModerator> {
  const rules = new LocalRulesModerator();
  const { promptClassifier } = moderation;
  if (promptClassifier === undefined) return { moderator: rules, close: async () => {} };
  const services = await import('@imprest/moderator-services');
  const classifier = new services.Classifier({ name: 'prompt-classifier', ...promptClassifier });
  const reader = new services.PromptClassifier(classifier);
  const moderator = new services.ModeratorsInTurn([rules, reader]);
  return { moderator, close: () => classifier.close() };
}
