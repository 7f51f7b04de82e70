import { ProviderError, type RenderRequest } from '@imprest/application';
import { runId } from '../protocol/run-id.js';
import { filledGraph, roundedUp, SlotRefusal } from '../templates/fill.js';
import type { Graph } from '../templates/graph.js';
import type { NumberSlot } from '../templates/slots.js';
import type { Template } from '../templates/template.js';

/** Templates by what a request asks for. */
export interface ComfyuiModel {
  /** Images of a text. */
  readonly images?: Template;
  /** Images of a text and references. */
  readonly fromReferences?: Template;
  /** Of the first reference. */
  readonly clip?: Template;
}

export interface PlannedRun {
  readonly id: string;
  readonly graph: Graph;
  /** How many images it is to make. */
  readonly images: number;
}

export interface RunPlan {
  readonly template: Template;
  /** The size asked of the server: at least that of the request. */
  readonly made: { readonly width: number; readonly height: number };
  readonly runs: number;
  /** @param references names of uploaded files @throws ProviderError `user` */
  run(index: number, references: readonly string[]): PlannedRun;
}

/** @throws ProviderError of class `model` for what the model has no template for */
export function templateFor(model: ComfyuiModel | undefined, request: RenderRequest): Template {
  const { clip, references, model: name } = request;
  if (model === undefined) throw new ProviderError('model', `there is no model ${name}`);
  const template = clip ? model.clip : references.length > 0 ? model.fromReferences : model.images;
  if (template !== undefined) {
    if (clip && !clip.mediaTypes.some((type) => type === template.clipType)) {
      throw new ProviderError('model', `it makes no ${clip.mediaTypes.join(' or ')}`);
    }
    return template;
  }
  const what = clip ? 'clips' : references.length > 0 ? 'images from references' : 'images';
  throw new ProviderError('model', `model ${name} makes no ${what}`);
}

/** As many runs as the template's largest batch makes necessary; a template without batches makes one image a run. */
export function planOf(template: Template, request: RenderRequest): RunPlan {
  const { slots } = template;
  const { clip, width, height } = request;
  const images = clip ? 1 : request.images;
  const batch = clip ? 1 : Math.min(images, slots.images?.most ?? 1);
  const made = {
    width: roundedUp(slots.width as NumberSlot, width),
    height: roundedUp(slots.height as NumberSlot, height),
  };
  if (clip && (made.width !== width || made.height !== height)) {
    const { width: wide, height: high } = made;
    throw new ProviderError(
      'user',
      `a clip of this model is ${wide}x${high}, not ${width}x${height}`,
    );
  }
  return {
    ...{ template, made, runs: Math.ceil(images / batch) },
    run(index, references) {
      const id = runId(request, index);
      const first = index * batch;
      const count = Math.min(batch, images - first);
      const graph = userFault(() =>
        filledGraph(template.graph, slots, {
          ...valuesOf(request),
          seed: request.seed + first,
          images: count,
          filenamePrefix: `imprest/${id}`,
          references,
        }),
      );
      return { id, graph, images: count };
    },
  };
}

function valuesOf({
  prompt,
  negativePrompt = '',
  width,
  height,
  guidanceScale,
  clip,
}: RenderRequest) {
  return {
    ...{ prompt, negativePrompt, width, height, guidance: guidanceScale },
    ...(clip && {
      frames: Math.round(clip.durationSeconds * clip.framesPerSecond),
      framesPerSecond: clip.framesPerSecond,
    }),
  };
}

function userFault<T>(fill: () => T): T {
  try {
    return fill();
  } catch (error) {
    if (!(error instanceof SlotRefusal)) throw error;
    throw new ProviderError('user', error.message, { cause: error });
  }
}
