export { type FlavourName, flavourNames } from './flavours.js';
export { OpenAiImagesProvider } from './openai-images-provider.js';
export type { OpenAiImagesOptions } from './options.js';
