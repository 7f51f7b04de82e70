import type { ReferenceImage } from '@imprest/application';
import {
  multipart,
  type ProviderAnswer,
  type ProviderHttp,
  type ProviderRequest,
  refusal,
} from '@imprest/provider-http';
import type { Graph } from '../templates/graph.js';
import { workflowRefusal } from './execution-failure.js';
import { fieldsOf, textOf } from './json-fields.js';
import {
  type OutputFile,
  type RunState,
  stateInQueue,
  stateOfHistory,
  stateOfJob,
} from './run-state.js';

export interface Submission {
  readonly id: string;
  readonly graph: Graph;
  /** Of the socket that shall hear of the run. */
  readonly clientId: string;
}

const MOST_RUN_BYTES = 16 * 1024 * 1024;
/** It holds the workflows of all that waits. */
const MOST_QUEUE_BYTES = 64 * 1024 * 1024;

/** The routes of a ComfyUI server, newer and older ones. Errors are of class ProviderError. */
export class ComfyuiApi {
  /** Undefined until the server has shown it. */
  private hasJobs: boolean | undefined;
  /** Whether the server has taken an id of ours; older ones give their own. */
  takesIds = false;

  constructor(private readonly http: ProviderHttp) {}

  /** @returns the id that the server follows the run under: ours, but for older servers */
  async submit({ id, graph, clientId }: Submission, signal: AbortSignal): Promise<string> {
    const body = { prompt: graph, prompt_id: id, client_id: clientId };
    const answer = await this.post('/prompt', body, signal, true);
    if (answer.status === 409) {
      await answer.discard();
      this.takesIds = true;
      return id;
    }
    if (answer.status === 400) throw workflowRefusal(await answer.json().catch(() => undefined));
    if (!answer.isSuccess) throw await refusal(answer);
    const given = textOf(fieldsOf(await answer.json()).prompt_id) ?? id;
    this.takesIds = given === id;
    return given;
  }

  async stateOf(id: string, signal: AbortSignal): Promise<RunState> {
    if (this.hasJobs !== false) {
      const state = await this.jobState(id, signal);
      if (state !== undefined) return state;
    }
    const history = fieldsOf(await this.json(`/history/${id}`, signal, MOST_RUN_BYTES));
    if (Object.hasOwn(history, id)) return stateOfHistory(fieldsOf(history[id]));
    return stateInQueue(await this.json('/queue', signal, MOST_QUEUE_BYTES), id);
  }

  /** Takes the run off the queue or stops it, and never another one. */
  async cancel(id: string, signal: AbortSignal): Promise<void> {
    if (this.hasJobs !== false) {
      const answer = await this.post(`/api/jobs/${id}/cancel`, {}, signal);
      await answer.discard();
      if (answer.isSuccess) return;
    }
    const queue = await this.json('/queue', signal, MOST_QUEUE_BYTES);
    const { state } = stateInQueue(queue, id);
    if (state === 'waiting') await this.done('/queue', { delete: [id] }, signal);
    // Old servers stop whatever runs when they are told to: it has to be ours.
    else if (state === 'running') await this.done('/interrupt', { prompt_id: id }, signal);
  }

  /** @throws ProviderError of class `model` for a file over `most` bytes */
  async download(file: OutputFile, most: number, signal: AbortSignal): Promise<Uint8Array> {
    const answer = await this.get(`/view?${new URLSearchParams({ ...file })}`, signal);
    if (!answer.isSuccess) throw await refusal(answer);
    return answer.bytes(most);
  }

  /** @returns the name by which a node loads it */
  async upload(reference: ReferenceImage, fileName: string, signal: AbortSignal): Promise<string> {
    const { bytes: content, mediaType } = reference;
    const form = multipart([
      { name: 'image', content, fileName, mediaType },
      { name: 'type', content: 'input' },
      { name: 'subfolder', content: 'imprest' },
      { name: 'overwrite', content: 'true' },
    ]);
    const answer = await this.send({ method: 'POST', path: '/upload/image', ...form, signal });
    if (!answer.isSuccess) throw await refusal(answer);
    const { name, subfolder } = fieldsOf(await answer.json());
    const stored = textOf(name) ?? fileName;
    const folder = textOf(subfolder);
    return folder === undefined ? stored : `${folder}/${stored}`;
  }

  systemStats(signal: AbortSignal): Promise<unknown> {
    return this.json('/system_stats', signal);
  }

  /** What the server knows of a class of nodes; undefined when it has no such class. */
  async nodeClass(name: string, signal: AbortSignal): Promise<unknown> {
    const path = `/object_info/${encodeURIComponent(name)}`;
    return fieldsOf(await this.json(path, signal, MOST_RUN_BYTES))[name];
  }

  private async jobState(id: string, signal: AbortSignal): Promise<RunState | undefined> {
    const answer = await this.get(`/api/jobs/${id}`, signal);
    if (answer.isSuccess) {
      this.hasJobs = true;
      return stateOfJob(await answer.json(MOST_RUN_BYTES));
    }
    if (answer.status !== 404) throw await refusal(answer);
    // A server without the route answers in plain text.
    const body = await answer.json().catch(() => undefined);
    this.hasJobs = textOf(fieldsOf(body).error) !== undefined;
    return this.hasJobs ? { state: 'absent' } : undefined;
  }

  private async json(path: string, signal: AbortSignal, most?: number): Promise<unknown> {
    const answer = await this.get(path, signal);
    if (!answer.isSuccess) throw await refusal(answer);
    return answer.json(most);
  }

  private async done(path: string, body: object, signal: AbortSignal): Promise<void> {
    const answer = await this.post(path, body, signal);
    if (!answer.isSuccess) throw await refusal(answer);
    await answer.discard();
  }

  private get(path: string, signal: AbortSignal): Promise<ProviderAnswer> {
    return this.send({ method: 'GET', path, signal });
  }

  private post(
    path: string,
    json: object,
    signal: AbortSignal,
    submits = false,
  ): Promise<ProviderAnswer> {
    const headers = { 'content-type': 'application/json' };
    return this.send({
      method: 'POST',
      path,
      headers,
      body: JSON.stringify(json),
      submits,
      signal,
    });
  }

  private send(request: ProviderRequest): Promise<ProviderAnswer> {
    return this.http.send(request);
  }
}
