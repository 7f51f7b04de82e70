export { groundsOf, KNOWN_FILE } from './case-grounds.js';
export * from './judge-prompt.js';
export * from './never-allowed.js';
export { WithheldOutputs } from './withheld-outputs.js';
