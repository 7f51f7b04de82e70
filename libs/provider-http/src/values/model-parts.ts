import { type OutputMediaType, ProviderError, type RenderRequest } from '@imprest/application';

/** Ways to make what is asked of one model: each by a part of its own. */
export interface ModelParts<Part extends { readonly clipType?: OutputMediaType }> {
  /** Images of a text. */
  readonly images?: Part;
  /** Images of a text and references. */
  readonly fromReferences?: Part;
  /** Clips of a reference. */
  readonly clip?: Part;
}

const WORDS = {
  images: 'images',
  fromReferences: 'images from references',
  clip: 'clips',
} as const;

/** @throws ProviderError of class `model` for what the model has no part for */
export function partFor<Part extends { readonly clipType?: OutputMediaType }>(
  models: Readonly<Record<string, ModelParts<Part>>>,
  request: RenderRequest,
): Part {
  const { clip, references, model: name } = request;
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  if (model === undefined) throw new ProviderError('model', `there is no model ${name}`);
  const kind = clip ? 'clip' : references.length > 0 ? 'fromReferences' : 'images';
  const part = model[kind];
  if (part === undefined) {
    throw new ProviderError('model', `model ${name} makes no ${WORDS[kind]}`);
  }
  if (clip && !clip.mediaTypes.some((type) => type === part.clipType)) {
    throw new ProviderError('model', `it makes no ${clip.mediaTypes.join(' or ')}`);
  }
  return part;
}

/** Every part of every model, once. */
export function partsOf<Part extends { readonly clipType?: OutputMediaType }>(
  models: Readonly<Record<string, ModelParts<Part>>>,
): readonly Part[] {
  const all = Object.values(models).flatMap((model) => [
    ...[model.images, model.fromReferences, model.clip],
  ]);
  return [...new Set(all.filter((part) => part !== undefined))];
}
