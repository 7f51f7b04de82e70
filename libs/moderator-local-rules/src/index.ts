export { LocalRulesModerator, type LocalRulesOptions } from './local-rules-moderator.js';
export { RuleSetInvalid } from './shape.js';
export { MAX_TEXT_LENGTH, TextTooLong } from './term-matcher.js';
