import type { Moderator } from '@imprest/application';
import { LocalRulesModerator } from '@imprest/moderator-local-rules';
import { Classifier, ModeratorsInTurn, PromptClassifier } from '@imprest/moderator-services';
import type { Config } from '../../config/index.js';

export interface OpenPromptModerator {
  readonly moderator: Moderator;
  close(): Promise<void>;
}

/** The local rules, and after them the classifier, where one is configured. */
export function openPromptModerator({ moderation }: Config): OpenPromptModerator {
  const rules = new LocalRulesModerator();
  const { promptClassifier } = moderation;
  if (promptClassifier === undefined) return { moderator: rules, close: async () => {} };
  const classifier = new Classifier({ name: 'prompt-classifier', ...promptClassifier });
  const moderator = new ModeratorsInTurn([rules, new PromptClassifier(classifier)]);
  return { moderator, close: () => classifier.close() };
}
