export type { CogModel, CogOptions } from './cog-options.js';
export { CogProvider } from './cog-provider.js';
export { builtInMapping } from './mapping/built-in.js';
export { type InputMapping, loadMapping, parseMapping } from './mapping/input-mapping.js';
