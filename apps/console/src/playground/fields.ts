import type { FormField } from './form-field.ts';

const MAX_SEED = 4_294_967_295;
const MAX_GUIDANCE = 30;

export const promptField = (maxLength: number, isRequired = true): FormField => ({
  name: 'prompt',
  label: 'Prompt',
  kind: 'longText',
  isRequired,
  maxLength,
});

/** @param name of the field in the dialect; it carries an e-mail address here in each of them */
export const endUserField = (name: string): FormField => ({
  name,
  label: 'End user',
  kind: 'text',
  isRequired: true,
  maxLength: 254,
  help: 'E-mail of the person who is responsible for the request.',
});

export const seedFieldAt = (name: string): FormField => ({
  name,
  label: 'Seed',
  kind: 'seed',
  min: 0,
  max: MAX_SEED,
  help: 'The same seed gives the same picture. Random when empty.',
});

export const guidanceFieldAt = (name: string): FormField => ({
  name,
  label: 'Guidance scale',
  kind: 'number',
  min: 0,
  max: MAX_GUIDANCE,
  step: 0.5,
  help: 'How closely to follow the prompt; 7.5 when empty.',
  isAdvanced: true,
});

export const watermarkFieldAt = (name: string): FormField => ({
  name,
  label: 'Watermark in the corner',
  kind: 'flag',
  usual: false,
  isAdvanced: true,
});

export const referencesFieldAt = (name: string, most: number): FormField => ({
  name,
  label: 'References',
  kind: 'lines',
  help: `At most ${most}, one a line: HTTPS URLs or ids of uploads. The prompt calls them image_1, image_2 …`,
  isAdvanced: true,
});

export const countField = (max: number): FormField => ({
  name: 'n',
  label: 'Images',
  kind: 'number',
  min: 1,
  max,
  initial: 1,
  usual: 1,
});

export const durationField = (bounds: { min?: number; max?: number } = {}): FormField => ({
  name: 'duration',
  label: 'Seconds',
  kind: 'number',
  min: bounds.min ?? 1,
  max: bounds.max ?? 3_600,
  help: 'As long as the model makes it when empty.',
});
