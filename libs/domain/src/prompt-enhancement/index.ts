export * from './enhance-prompt.js';
export { identityAnchor } from './identity-anchor.js';
export * from './preset-library.js';
export { MAX_PRESETS, matchPresets, type PresetMatches, wordsOf } from './preset-matching.js';
