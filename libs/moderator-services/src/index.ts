export { Classifier, type ClassifierOptions } from './classifier.js';
export { HashList, HashListInvalid } from './hash-list.js';
export { HashMatch, type HashMatchOptions } from './hash-match.js';
export { ModeratorsInTurn } from './moderators-in-turn.js';
export { OutputClassifier } from './output-classifier.js';
export { PromptClassifier } from './prompt-classifier.js';
