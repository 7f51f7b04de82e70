import type { CharacterTraits } from '../character/profile.js';
import { identityAnchor } from './identity-anchor.js';
import type { PresetLibrary } from './preset-library.js';
import { matchPresets } from './preset-matching.js';

export interface PromptToEnhance {
  readonly prompt: string;
  readonly traits: CharacterTraits;
  /** Public name. */
  readonly model: string;
}

export interface EnhancedPrompt {
  readonly prompt: string;
  readonly negativePrompt: string;
}

/**
 * The prompt as a model gets it: quality first, then who is shown, what the caller said, and what the
 * labels in it stand for. The same for the same prompt, traits and library.
 */
export function enhancePrompt(
  { prompt, traits, model }: PromptToEnhance,
  library: PresetLibrary,
): EnhancedPrompt {
  const { rest, presets } = matchPresets(prompt, library);
  const own = Object.hasOwn(library.quality, model) ? library.quality[model] : undefined;
  const quality = own ?? library.quality.default;
  const parts = [quality, identityAnchor(traits), ...rest, ...presets.map(({ text }) => text)];
  return {
    prompt: parts.filter((part) => part !== '').join(', '),
    negativePrompt: library.negativePrompt,
  };
}

const NEGATIVE = '\nNegative prompt: ';

/** Both halves in one text, in the form that image metadata commonly has. */
export function wholePrompt(prompt: string, negativePrompt: string | undefined): string {
  return negativePrompt === undefined || negativePrompt === ''
    ? prompt
    : prompt + NEGATIVE + negativePrompt;
}
