import { type DialectName, type OutputKind } from './dialects.ts';
import {
  countField,
  durationField,
  endUserField,
  guidanceFieldAt,
  promptField,
  referencesFieldAt,
  seedFieldAt,
  watermarkFieldAt,
} from './fields.ts';
import type { FormField } from './form-field.ts';
import { type ImageCapabilities, isVideo, type Model, type VideoCapabilities } from './model.ts';

const SHORT_PROMPT = 2_000;
const SECONDS_OF_30_DAYS = 2_592_000;

type Fields = readonly FormField[];
const only = (holds: boolean, ...fields: Fields): Fields => (holds ? fields : []);

const deadlineField = (name: string, label: string): FormField => ({
  name,
  label,
  kind: 'number',
  min: 1,
  max: SECONDS_OF_30_DAYS,
  help: 'Seconds from now.',
  isAdvanced: true,
});

const nativeRest: Fields = [
  deadlineField('startBy', 'Begin within'),
  deadlineField('finishBy', 'Finish within'),
  {
    name: 'webhookUrl',
    label: 'Webhook URL',
    kind: 'text',
    maxLength: 2_048,
    isAdvanced: true,
  },
];

function nativeImage(can: ImageCapabilities): Fields {
  return [
    promptField(can.max_prompt_characters),
    endUserField('endUserEmail'),
    {
      name: 'size',
      label: 'Size',
      kind: 'suggestion',
      choices: can.resolutions.filter((each) => each !== '1K'),
      help: can.custom_sizes
        ? '2K when empty; or WxH in pixels, such as 2560x1440.'
        : '2K when empty.',
    },
    {
      name: 'aspectRatio',
      label: 'Aspect ratio',
      kind: 'choice',
      choices: ['auto', 'square', 'landscape', 'portrait'],
      initial: 'auto',
      usual: 'auto',
    },
    countField(can.max_n),
    ...only(can.seed, seedFieldAt('seed')),
    ...only(can.max_references > 0, referencesFieldAt('references', can.max_references)),
    guidanceFieldAt('guidanceScale'),
    watermarkFieldAt('watermark'),
    {
      name: 'sequential',
      label: 'Connected series',
      kind: 'choice',
      choices: ['disabled', 'auto'],
      initial: 'disabled',
      usual: 'disabled',
      help: 'Never together with more than one image.',
      isAdvanced: true,
    },
    ...nativeRest,
  ];
}

const nativeVideo = (can: VideoCapabilities): Fields => [
  {
    name: 'sourceRequestId',
    label: 'Generation to set in motion',
    kind: 'text',
    isRequired: true,
    maxLength: 64,
    help: 'Id of one that succeeded, such as req_….',
  },
  { name: 'sourceImage', label: 'Its image', kind: 'number', min: 0, max: 14, isAdvanced: true },
  promptField(can.max_prompt_characters, false),
  endUserField('endUserEmail'),
  durationField({ min: can.min_seconds, max: can.max_seconds }),
  ...only(can.seed, seedFieldAt('seed')),
  watermarkFieldAt('watermark'),
  ...nativeRest,
];

const xenodiaImage = (can: ImageCapabilities): Fields => [
  promptField(can.max_prompt_characters),
  endUserField('user'),
  { name: 'resolution', label: 'Resolution', kind: 'choice', choices: can.resolutions },
  { name: 'aspect_ratio', label: 'Aspect ratio', kind: 'choice', choices: can.aspect_ratios },
  {
    name: 'size',
    label: 'Exact size',
    kind: 'suggestion',
    choices: can.sizes,
    help: 'WxH in pixels, instead of the two above.',
    isAdvanced: true,
  },
  countField(can.max_n),
  ...only(can.max_references > 0, referencesFieldAt('image_input', can.max_references)),
];

const sideField = (name: string, label: string): FormField => ({
  name,
  label,
  kind: 'number',
  min: 256,
  max: 2_048,
  help: 'Pixels.',
});

const uncensoredImage = (can: ImageCapabilities): Fields => [
  promptField(Math.min(SHORT_PROMPT, can.max_prompt_characters)),
  endUserField('user'),
  sideField('image_width', 'Width'),
  sideField('image_height', 'Height'),
  { name: 'resolution', label: 'Resolution', kind: 'choice', choices: ['1k', '2k', '4k', '8k'] },
  { name: 'quality', label: 'Quality', kind: 'choice', choices: ['medium', 'high'] },
  ...only(can.seed, seedFieldAt('additional_settings.seed')),
  guidanceFieldAt('additional_settings.guidance_scale'),
  watermarkFieldAt('additional_settings.watermark'),
];

/** The model is the character's own. */
const xaviraImage: Fields = [
  { name: 'character_id', label: 'Character', kind: 'character', isRequired: true },
  promptField(SHORT_PROMPT),
  endUserField('user'),
  {
    name: 'resolution',
    label: 'Resolution',
    kind: 'suggestion',
    choices: ['896x1152', '1024x1024', '1152x896'],
    help: 'WxH in pixels.',
  },
  {
    name: 'raw_prompt',
    label: 'Send the prompt as it is',
    kind: 'flag',
    usual: false,
    isAdvanced: true,
  },
];

const xaviraVideo: Fields = [
  {
    name: 'generation_id',
    label: 'Generation to set in motion',
    kind: 'text',
    isRequired: true,
    maxLength: 64,
    help: 'Id of a completed image, such as req_….',
  },
  promptField(SHORT_PROMPT, false),
  endUserField('user'),
  durationField(),
];

/**
 * Fields of a request in that dialect, from what its model can do.
 * @param model null where the dialect chooses it, and while none is known
 * @param kind what to make, where the dialect asks for no model
 */
export function formOf(dialect: DialectName, model: Model | null, kind: OutputKind): Fields {
  if (dialect === 'xavira') return kind === 'video' ? xaviraVideo : xaviraImage;
  if (model === null) return [];
  const { capabilities } = model;
  if (isVideo(capabilities)) return dialect === 'xmode' ? nativeVideo(capabilities) : [];
  if (dialect === 'xmode') return nativeImage(capabilities);
  return dialect === 'xenodia' ? xenodiaImage(capabilities) : uncensoredImage(capabilities);
}
