export * from './cog/index.js';
export * from './comfyui/index.js';
export * from './faulty-server.js';
export * from './form-of.js';
export type { StubFlavour } from './openai-images-request.js';
export * from './openai-images-stub.js';
export * from './provider-faults.js';
export * from './stub-pictures.js';
