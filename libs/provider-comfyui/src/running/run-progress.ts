import type { PreviewFrame } from '../protocol/preview-frame.js';
import type { ProgressEvent } from '../protocol/progress-socket.js';
import type { Template } from '../templates/template.js';

/** Of the way to an image; the rest is decoding, saving and fetching. */
const SAMPLED = 0.9;

/** Who is told of a run. */
export interface RunListener {
  onFraction(fraction: number): void;
  /** With the step that it shows. */
  onPreview(frame: PreviewFrame, at: { readonly step: number; readonly of: number }): void;
}

/** What a server tells while it works on runs of one template. */
export class RunProgress {
  /** Nodes that sample: the seed goes there. */
  private readonly samplers: ReadonlySet<string>;
  private readonly loaders: ReadonlySet<string>;
  private loadingSince: number | undefined;
  /** Of the node that samples now. */
  private at: { readonly step: number; readonly of: number } | undefined;
  /** Milliseconds of loading models in this run. */
  loadMs = 0;

  constructor(
    { graph, slots }: Template,
    private readonly listener: RunListener,
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
      this.at = undefined;
    } else if (event.type === 'step') {
      const { value: step, max: of } = event;
      this.at = this.samplers.has(event.node) ? { step, of } : undefined;
      if (this.at) this.listener.onFraction((SAMPLED * step) / of);
    } else if (event.type === 'preview' && this.at) {
      // Other nodes send pictures in the same way, of what nobody has ordered.
      this.listener.onPreview(event.frame, this.at);
    }
  }
}

/** A node whose work is to read a model: the core's and, by custom, everyone's end so. LoadImage reads a picture. */
const isModelLoader = (classType: string): boolean =>
  /Loader(Simple|GGUF|Advanced)?$/.test(classType);
