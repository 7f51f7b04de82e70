import type { RenderRequest } from '@imprest/application';
import {
  batchesOf,
  type ModelParts,
  madeSize,
  type PictureSize,
  valuesOf,
  withUserFaults,
} from '@imprest/provider-http';
import { runId } from '../protocol/run-id.js';
import { filledGraph } from '../templates/fill.js';
import type { Graph } from '../templates/graph.js';
import type { Template } from '../templates/template.js';

/** Templates by what a request asks for. */
export type ComfyuiModel = ModelParts<Template>;

export interface PlannedRun {
  readonly id: string;
  readonly graph: Graph;
}

export interface RunPlan {
  readonly template: Template;
  /** The size asked of the server: at least that of the request. */
  readonly made: PictureSize;
  readonly runs: number;
  /** @param references names of uploaded files @throws ProviderError `user` */
  run(index: number, references: readonly string[]): PlannedRun;
}

/** As many runs as the template's largest batch makes necessary; a template without batches makes one image a run. */
export function planOf(template: Template, request: RenderRequest): RunPlan {
  const { slots, graph } = template;
  const batches = batchesOf(request, slots.images?.most ?? 1);
  return {
    ...{ template, made: madeSize(slots, request), runs: batches.length },
    run(index, references) {
      const id = runId(request, index);
      const batch = batches[index];
      if (batch === undefined) throw new RangeError(`there is no run ${index}`);
      const more = { filenamePrefix: `imprest/${id}`, references };
      const values = { ...valuesOf(request, batch), ...more };
      return { id, graph: withUserFaults(() => filledGraph(graph, slots, values)) };
    },
  };
}
