import type { ProgressEvent } from '../protocol/progress-socket.js';
import type { Template } from '../templates/template.js';

/** Of the way to an image; the rest is decoding, saving and fetching. */
const SAMPLED = 0.9;

/** What a server tells while it works on runs of one template. */
export class RunProgress {
  /** Nodes that sample: the seed goes there. */
  private readonly samplers: ReadonlySet<string>;
  private readonly loaders: ReadonlySet<string>;
  private loadingSince: number | undefined;
  /** Milliseconds of loading models in this run. */
  loadMs = 0;

  constructor(
    { graph, slots }: Template,
    private readonly onFraction: (fraction: number) => void,
  ) {
    this.samplers = new Set(slots.seed?.targets.map(({ node }) => node));
    const loaders = Object.entries(graph).filter(([, node]) => isModelLoader(node.class_type));
    this.loaders = new Set(loaders.map(([id]) => id));
  }

  /** @param nowMs of a clock that only goes forward */
  hear(event: ProgressEvent, nowMs: number): void {
    if (event.type === 'node') {
      if (this.loadingSince !== undefined) this.loadMs += nowMs - this.loadingSince;
      const isLoading = event.node !== null && this.loaders.has(event.node);
      this.loadingSince = isLoading ? nowMs : undefined;
    } else if (event.type === 'step' && this.samplers.has(event.node)) {
      this.onFraction((SAMPLED * event.value) / event.max);
    }
  }
}

/** A node whose work is to read a model: the core's and, by custom, everyone's end so. LoadImage reads a picture. */
const isModelLoader = (classType: string): boolean =>
  /Loader(Simple|GGUF|Advanced)?$/.test(classType);
