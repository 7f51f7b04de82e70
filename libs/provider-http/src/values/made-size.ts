import { ProviderError, type RenderRequest } from '@imprest/application';
import type { PictureSize } from '../pictures/picture-size.js';
import { type NumberRule, roundedUp, ValueRefusal } from './value-rules.js';

/** By the rules of a model's sides; a side without one is made as it was asked for. */
export interface SideRules {
  readonly width?: NumberRule;
  readonly height?: NumberRule;
}

/**
 * The size to ask a model for. Images can be cropped to what was ordered, clips cannot.
 * @throws ProviderError of class `user`
 */
export function madeSize({ width, height }: SideRules, request: RenderRequest): PictureSize {
  const made = {
    width: width ? roundedUp(width, request.width) : request.width,
    height: height ? roundedUp(height, request.height) : request.height,
  };
  const fits = made.width === request.width && made.height === request.height;
  if (fits || request.clip === undefined) return made;
  const sizes = `${made.width}x${made.height}, not ${request.width}x${request.height}`;
  throw new ProviderError('user', `a clip of this model is ${sizes}`);
}

/** @param fill throws ValueRefusal for a value of the request @throws ProviderError of class `user` then */
export function withUserFaults<T>(fill: () => T): T {
  try {
    return fill();
  } catch (error) {
    if (!(error instanceof ValueRefusal)) throw error;
    throw new ProviderError('user', error.message, { cause: error });
  }
}
