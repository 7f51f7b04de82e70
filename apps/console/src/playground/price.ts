import type { DialectName } from './dialects.ts';
import type { FormValues } from './form-field.ts';
import { type ImageCapabilities, isVideo, type Model, type VideoCapabilities } from './model.ts';

type Price = ImageCapabilities['price'];

/** Pixels of the longer side, at most, of each resolution of the uncensored dialect. */
const LONGEST_SIDE = { '1k': 1_024, '2k': 2_048, '4k': 4_096, '8k': 8_192 } as const;
type Resolution = keyof typeof LONGEST_SIDE;
const RESOLUTIONS = Object.keys(LONGEST_SIDE) as Resolution[];
const USUAL_SIDE = 1_024;

const isResolution = (value: unknown): value is Resolution =>
  RESOLUTIONS.some((each) => each === value);

/** The resolution that is asked for, or what the pixels come to where that is more. */
function pricedResolution(values: FormValues): Resolution {
  const { image_width: width, image_height: height, resolution } = values;
  const named = isResolution(resolution) ? resolution : '1k';
  if (isResolution(resolution) && !width && !height) return resolution;
  const side = Math.max(Number(width) || USUAL_SIDE, Number(height) || USUAL_SIDE);
  const least = RESOLUTIONS.find((each) => side <= LONGEST_SIDE[each]) ?? '8k';
  return RESOLUTIONS.indexOf(named) > RESOLUTIONS.indexOf(least) ? named : least;
}

function uncensoredPrice({ per_image, by_resolution }: Price, values: FormValues): number | null {
  if (by_resolution === undefined) return per_image.custom ?? null;
  const quality = values.quality === 'high' ? 'high' : 'medium';
  return by_resolution[pricedResolution(values)]?.[quality] ?? null;
}

function xenodiaPrice(
  { price, resolutions }: ImageCapabilities,
  values: FormValues,
): number | null {
  const isExact = typeof values.size === 'string' && /^\d+x\d+$/.test(values.size);
  const hasReferences = Boolean(values.image_input) && !values.aspect_ratio;
  const usual = hasReferences && resolutions.includes('2K') ? '2K' : resolutions[0];
  const each = price.per_image[isExact ? 'custom' : String(values.resolution || usual)];
  return each === undefined ? null : each * (typeof values.n === 'number' ? values.n : 1);
}

function clipPrice(
  { price, default_seconds }: VideoCapabilities,
  values: FormValues,
): number | null {
  if (price.per_clip !== undefined) return price.per_clip;
  const seconds = Number(values.duration) || default_seconds;
  return price.per_second === undefined ? null : price.per_second * seconds;
}

/**
 * Tokens that the price list of the models says a request would hold. The native dialect has a route that says so;
 * null where the list does not tell.
 */
export function listPrice(
  dialect: DialectName,
  model: Model | null,
  values: FormValues,
): number | null {
  if (model === null) return null;
  const { capabilities } = model;
  if (isVideo(capabilities)) return dialect === 'xavira' ? clipPrice(capabilities, values) : null;
  if (dialect === 'uncensored') return uncensoredPrice(capabilities.price, values);
  if (dialect === 'xenodia') return xenodiaPrice(capabilities, values);
  return dialect === 'xavira' ? (capabilities.price.per_image.custom ?? null) : null;
}
