/** What tests of the domain and the catalogue need: it loads neither application nor adapters. */
export * from './builders/index.js';
export * from './decider-specification.js';
export * from './fixed-clock.js';
