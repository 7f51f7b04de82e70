import { ProviderError, type ReferenceImage, type WorkOrder } from '@imprest/application';
import { presetPixels, shapeOf } from '@imprest/domain';

/** Exact pixels of the images to make. @throws ProviderError when the order does not say */
export function imageSize(
  { width, height, size }: Pick<WorkOrder, 'width' | 'height' | 'size'>,
  references: readonly Pick<ReferenceImage, 'width' | 'height'>[],
): { readonly width: number; readonly height: number } {
  if (width !== null && height !== null) return { width, height };
  const [first] = references;
  const shape = first === undefined ? 'square' : shapeOf(first.width, first.height);
  const pixels = presetPixels(size, shape);
  if (pixels === undefined) {
    throw new ProviderError('infrastructure', `the order has neither pixels nor a preset: ${size}`);
  }
  return { width: pixels[0], height: pixels[1] };
}
