import { PRESET_LIBRARY } from '@imprest/application';
import type { Provider } from '@nestjs/common';
import type { Config } from '../config/index.js';
import { CONFIG } from '../tokens.js';
import { loadPromptPresets } from './prompt-presets.js';

export { loadPromptPresets, parsePromptPresets } from './prompt-presets.js';

/** The library of prompt presets, for the module that enhances prompts. A faulty file ends the start. */
export const promptPresetsForInjection: readonly Provider[] = [
  {
    provide: PRESET_LIBRARY,
    useFactory: ({ promptPresetsFile }: Config) => loadPromptPresets(promptPresetsFile),
    inject: [CONFIG],
  },
];
