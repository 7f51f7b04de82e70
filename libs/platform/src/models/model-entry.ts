import type {
  ImageMediaType,
  ImageModel,
  ModelEntry,
  ModelKind,
  VideoMediaType,
  VideoModel,
} from '@imprest/application';
import {
  choice,
  choices,
  DataFileError,
  type Fields,
  flag,
  knownFields,
  mapping,
  text,
  wholeNumber,
} from '@imprest/data-files';
import type { ClipPrice, ModelPrice } from '@imprest/domain';
import { deadlineDefaults } from '../attempts/deadline-defaults.js';
import { imageLimits, videoLimits } from './model-limits.js';
import { modelPlacement, PLACEMENT_FIELDS } from './model-placement.js';
import { clipPrice, imagePrice } from './model-prices.js';

const KINDS: readonly ModelKind[] = ['image', 'video'];
const IMAGE_MEDIA_TYPES: readonly ImageMediaType[] = ['image/png', 'image/jpeg', 'image/webp'];
const VIDEO_MEDIA_TYPES: readonly VideoMediaType[] = ['video/mp4', 'image/webp'];
const DIALECTS = ['xmode', 'xenodia', 'uncensored', 'xavira'] as const;
const ALIAS = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MODERATION_CLASS = /^[a-z][a-z0-9-]{0,39}$/;
const MOST_FRAMES_PER_SECOND = 30;
const MOST_GPU_MS_FOR_UNIT = 3_600_000;

const COMMON = [
  'kind',
  'gpuMsForUnit',
  ...PLACEMENT_FIELDS,
  'enabled',
  'dialects',
  'moderation',
  'deadlines',
  'capabilities',
  'limits',
];
const IMAGE_FIELDS = [
  ...['provider', 'providerModel', 'mediaType', 'tokensPerImage', 'tokensByResolution', 'identity'],
  ...COMMON,
];
const VIDEO_FIELDS = [
  ...['provider', 'providerModel', 'mediaTypes', 'tokensPerClip', 'tokensPerSecond'],
  ...['framesPerSecond', ...COMMON],
];

export type PricedModel =
  | { readonly entry: ImageModel; readonly price: ModelPrice }
  | { readonly entry: VideoModel; readonly clipPrice: ClipPrice };

type Common = Omit<ModelEntry, 'kind' | 'limits' | 'mediaType' | 'mediaTypes' | 'framesPerSecond'>;

function common(alias: string, fields: Fields, where: string): Common {
  const {
    provider,
    providerModel = alias,
    enabled = true,
    dialects,
    deadlines,
    gpuMsForUnit,
  } = fields;
  const moderation = text(fields.moderation ?? 'standard', `${where}.moderation`);
  if (!MODERATION_CLASS.test(moderation)) {
    throw new DataFileError(`${where}.moderation must match ${MODERATION_CLASS.source}`);
  }
  return {
    alias,
    provider: text(provider, `${where}.provider`),
    providerModel: text(providerModel, `${where}.providerModel`),
    enabled: flag(enabled, `${where}.enabled`),
    ...(dialects !== undefined && { dialects: choices(dialects, `${where}.dialects`, DIALECTS) }),
    moderation,
    ...(deadlines !== undefined && {
      deadlines: deadlineDefaults(deadlines, `${where}.deadlines`),
    }),
    ...(gpuMsForUnit !== undefined && {
      gpuMsForUnit: wholeNumber(gpuMsForUnit, `${where}.gpuMsForUnit`, 1, MOST_GPU_MS_FOR_UNIT),
    }),
    ...modelPlacement(fields, where),
  };
}

function videoModel(alias: string, fields: Fields, where: string): VideoModel {
  const { mediaTypes = VIDEO_MEDIA_TYPES, framesPerSecond = 8 } = fields;
  const rate = `${where}.framesPerSecond`;
  return {
    ...common(alias, fields, where),
    kind: 'video',
    mediaTypes: choices(mediaTypes, `${where}.mediaTypes`, VIDEO_MEDIA_TYPES),
    framesPerSecond: wholeNumber(framesPerSecond, rate, 2, MOST_FRAMES_PER_SECOND),
    limits: videoLimits(fields, where),
  };
}

function imageModel(alias: string, fields: Fields, where: string): ImageModel {
  const { mediaType = 'image/png', identity } = fields;
  return {
    ...common(alias, fields, where),
    kind: 'image',
    mediaType: choice(mediaType, `${where}.mediaType`, IMAGE_MEDIA_TYPES),
    ...(identity !== undefined && { identity: flag(identity, `${where}.identity`) }),
    limits: imageLimits(fields, where),
  };
}

/** One entry of the models file. @throws DataFileError */
export function pricedModel(alias: string, value: unknown): PricedModel {
  const where = `models.${alias}`;
  if (!ALIAS.test(alias)) throw new DataFileError(`${where}: the alias must match ${ALIAS.source}`);
  const given = mapping(value, where);
  if (choice(given.kind ?? 'image', `${where}.kind`, KINDS) === 'video') {
    const fields = knownFields(given, VIDEO_FIELDS, `${where}.`);
    return { entry: videoModel(alias, fields, where), clipPrice: clipPrice(fields, where) };
  }
  const fields = knownFields(given, IMAGE_FIELDS, `${where}.`);
  return { entry: imageModel(alias, fields, where), price: imagePrice(fields, where) };
}
