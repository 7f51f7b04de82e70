import { setTimeout as wait } from 'node:timers/promises';
import type { ProviderFault } from '../provider-faults.js';
import { stubAnimation, stubPicture } from '../stub-pictures.js';
import { annotatedPng } from './annotated-png.js';
import { picturesOf, type StubGraph } from './stub-graph.js';

export interface StubRun {
  readonly number: number;
  readonly id: string;
  readonly graph: StubGraph;
  readonly clientId: string;
}

export interface StubOutput {
  readonly filename: string;
  readonly subfolder: string;
  readonly type: string;
}

export interface StubHistory {
  readonly run: StubRun;
  readonly outputs: Readonly<Record<string, { readonly images: readonly StubOutput[] }>>;
  readonly status: 'success' | 'error';
  /** Pairs of an event's name and data. */
  readonly messages: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
}

/** Who hears of a run, by the id of its client. */
export interface RunListeners {
  send(clientId: string, type: string, data: Readonly<Record<string, unknown>>): void;
  preview(clientId: string, bytes: Uint8Array): void;
}

const STEPS = 4;
const STEP_MS = 2;
/** Of a binary message: a preview, in JPEG. */
const PREVIEW_HEAD = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1]);
const PREVIEW_SIDE = 64;

/** Runs one graph after the other, and keeps what they made until it is closed. */
export class StubQueue {
  fault: ProviderFault | undefined;
  /** Thrown by the next run: `{exception_type, exception_message}`. */
  nextError: Readonly<Record<string, string>> | undefined;
  /** For which a node that loads a model runs. */
  loadingMs = 0;
  running: StubRun | undefined;
  readonly pending: StubRun[] = [];
  readonly history = new Map<string, StubHistory>();
  readonly files = new Map<string, Buffer>();
  private interruption = new AbortController();
  private resume = () => {};
  private filesMade = 0;

  constructor(private readonly listeners: RunListeners) {}

  get length(): number {
    return this.pending.length + (this.running === undefined ? 0 : 1);
  }

  has(id: string): boolean {
    const waits = this.pending.some((run) => run.id === id);
    return waits || this.running?.id === id || this.history.has(id);
  }

  add(run: StubRun): void {
    this.pending.push(run);
    if (this.running === undefined) void this.next();
  }

  remove(id: string): boolean {
    const at = this.pending.findIndex((run) => run.id === id);
    if (at >= 0) this.pending.splice(at, 1);
    return at >= 0;
  }

  /** Stops whatever runs. */
  interrupt(): void {
    this.interruption.abort();
  }

  /** Ends the wait of a run that a fault has made slow. */
  goOn(): void {
    this.resume();
  }

  /** As a restart does: runs are kept in memory alone. */
  async forget(): Promise<void> {
    this.pending.length = 0;
    this.interrupt();
    while (this.running !== undefined) await wait(1);
    this.history.clear();
  }

  private async next(): Promise<void> {
    for (let run = this.pending.shift(); run !== undefined; run = this.pending.shift()) {
      this.running = run;
      this.interruption = new AbortController();
      const history = await this.execute(run, this.interruption.signal);
      this.running = undefined;
      this.history.set(run.id, history);
      this.listeners.send(run.clientId, 'executing', { node: null, prompt_id: run.id });
    }
  }

  private async execute(run: StubRun, interrupted: AbortSignal): Promise<StubHistory> {
    const messages: [string, Record<string, unknown>][] = [];
    const tell = (type: string, more: Record<string, unknown> = {}) => {
      const data = { prompt_id: run.id, ...more, timestamp: Date.now() };
      messages.push([type, data]);
      this.listeners.send(run.clientId, type, data);
    };
    tell('execution_start');
    tell('execution_cached', { nodes: [] });
    try {
      const outputs = await this.executeNodes(run, interrupted);
      tell('execution_success');
      return { run, outputs, status: 'success', messages };
    } catch (error) {
      const at = { node_id: '3', node_type: 'KSampler', executed: [] };
      if (interrupted.aborted) tell('execution_interrupted', at);
      else tell('execution_error', { ...at, ...(error as object), traceback: [] });
      return { run, outputs: {}, status: 'error', messages };
    }
  }

  private async executeNodes(run: StubRun, interrupted: AbortSignal) {
    const about = { prompt_id: run.id };
    for (const [node, { class_type: name }] of Object.entries(run.graph)) {
      this.listeners.send(run.clientId, 'executing', { node, display_node: node, ...about });
      if (name.includes('Checkpoint'))
        await wait(this.loadingMs, undefined, { signal: interrupted });
      if (name !== 'KSampler') continue;
      for (let value = 1; value <= STEPS; value += 1) {
        await this.step(interrupted);
        this.listeners.send(run.clientId, 'progress', { value, max: STEPS, node, ...about });
        this.listeners.preview(run.clientId, await previewOf(value));
      }
      this.throwFault();
    }
    const { node, images } = await this.saved(run);
    const output = { images };
    this.listeners.send(run.clientId, 'executed', { node, output, ...about });
    return { [node]: output };
  }

  private async step(interrupted: AbortSignal): Promise<void> {
    if (this.fault !== 'slow') return wait(STEP_MS, undefined, { signal: interrupted });
    await new Promise<void>((resolve, reject) => {
      this.resume = resolve;
      interrupted.addEventListener('abort', () => reject(interrupted.reason), { once: true });
    });
  }

  private throwFault(): void {
    const error = this.nextError;
    this.nextError = undefined;
    if (error !== undefined) throw error;
    if (this.fault !== 'broken') return;
    throw { exception_type: 'RuntimeError', exception_message: 'mat1 and mat2 do not fit' };
  }

  private async saved({ graph }: StubRun) {
    const { node, prefix, count, frames, framesPerSecond, ...picture } = picturesOf(graph);
    const { fault } = this;
    const made = { ...picture, width: picture.width + (fault === 'wrong_size' ? 8 : 0) };
    const number = fault === 'none' ? 0 : fault === 'fewer' ? Math.max(1, count - 1) : count;
    const at = prefix.lastIndexOf('/');
    const images: StubOutput[] = [];
    for (let index = 0; index < number; index += 1) {
      const one = { ...made, seed: made.seed + index };
      const bytes = frames
        ? await stubAnimation(one, frames, framesPerSecond)
        : annotatedPng(await stubPicture(one), 'prompt', JSON.stringify(graph));
      this.filesMade += 1;
      const counter = String(this.filesMade).padStart(5, '0');
      const filename = `${prefix.slice(at + 1)}_${counter}_.${frames ? 'webp' : 'png'}`;
      const output = { filename, subfolder: prefix.slice(0, Math.max(0, at)), type: 'output' };
      this.files.set(`${output.subfolder}/${filename}`, bytes);
      images.push(...(fault === 'duplicate' ? [output, output] : [output]));
    }
    return { node, images };
  }
}

async function previewOf(step: number): Promise<Buffer> {
  const size = { width: PREVIEW_SIDE, height: PREVIEW_SIDE };
  const picture = await stubPicture({ ...size, seed: step, format: 'jpeg' });
  return Buffer.concat([PREVIEW_HEAD, picture]);
}
