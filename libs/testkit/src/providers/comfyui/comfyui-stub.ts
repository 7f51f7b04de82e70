import { randomUUID } from 'node:crypto';
import { type AskedOfStub, FaultyServer, type StubReply } from '../faulty-server.js';
import { formOf } from '../form-of.js';
import type { ProviderFault, ProviderStub } from '../provider-faults.js';
import { graphFault, nodeClasses } from './stub-graph.js';
import { StubQueue } from './stub-queue.js';
import { historyOf, jobOf, queueItemOf } from './stub-records.js';
import { StubSockets } from './stub-sockets.js';

/**
 * What a server can do, the newest first: `jobs` takes ids, refuses one twice, and lists and cancels jobs by them; `ids` only
 * takes them; `old` gives ids of its own and stops whatever runs when it is told to interrupt.
 */
export type ComfyuiGeneration = 'jobs' | 'ids' | 'old';

const CANONICAL_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ok: StubReply = { status: 200, body: {} };
const noRoute: StubReply = {
  status: 404,
  body: Buffer.from('404: Not Found'),
  mediaType: 'text/plain',
};

/** A ComfyUI server as its `server.py` has it, as far as running workflows goes. Pictures are drawn, not generated. */
export class ComfyuiStub implements ProviderStub {
  readonly queue: StubQueue;
  /** Names of uploaded references. */
  readonly uploads: string[] = [];
  private readonly sockets: StubSockets;
  private number = 0;

  private constructor(
    readonly server: FaultyServer,
    private readonly generation: ComfyuiGeneration,
  ) {
    this.sockets = new StubSockets({
      tellsSecrets: generation === 'jobs',
      refuses: () => server.fault === 'unauthorized',
      queueLength: () => this.queue.length,
    });
    this.queue = new StubQueue(this.sockets);
    server.server.on('upgrade', (request, socket) => this.sockets.connect(request, socket));
  }

  static async start(generation: ComfyuiGeneration = 'jobs'): Promise<ComfyuiStub> {
    let stub: ComfyuiStub | undefined;
    const server = await FaultyServer.start((asked) => (stub as ComfyuiStub).answer(asked));
    stub = new ComfyuiStub(server, generation);
    return stub;
  }

  /** What no careful client does. */
  get misdeeds(): string[] {
    return this.sockets.misdeeds;
  }

  get url(): string {
    return this.server.url;
  }

  inject(fault: ProviderFault | undefined): void {
    this.server.fault = fault;
    this.queue.fault = fault;
  }

  underWay(): number {
    return this.queue.length + this.server.open;
  }

  sentBytes(): number {
    return this.server.sentBytes;
  }

  /** Its queue and its history are gone; its files stay. */
  async restart(): Promise<void> {
    this.cutSockets();
    await this.queue.forget();
  }

  cutSockets(): void {
    this.sockets.cut();
  }

  async close(): Promise<void> {
    await this.restart();
    await this.server.close();
  }

  private answer(asked: AskedOfStub): StubReply {
    this.sockets.watch(asked.headers);
    const { fault } = this.server;
    if (fault === 'unauthorized') return { status: 401, body: { error: 'no such key' } };
    if (asked.url.pathname === '/view') return this.view(asked.url.searchParams);
    const reply = asked.method === 'GET' ? this.read(asked.url.pathname) : this.write(asked);
    return fault === 'bad_json' ? { ...reply, isWork: true } : reply;
  }

  private read(path: string): StubReply {
    const [, route, ...rest] = path.split('/');
    const [id = ''] = rest;
    if (route === 'history') return { status: 200, body: historyOf(this.queue, id) };
    if (route === 'queue') {
      const { running, pending } = this.queue;
      const queue_running = running === undefined ? [] : [queueItemOf(running)];
      return { status: 200, body: { queue_running, queue_pending: pending.map(queueItemOf) } };
    }
    if (route === 'object_info') {
      const required = nodeClasses[decodeURIComponent(id)];
      return { status: 200, body: required === undefined ? {} : { [id]: { input: { required } } } };
    }
    if (route === 'system_stats') {
      const device = { name: 'cuda:0 Stub', vram_total: 24 * 1024 ** 3, vram_free: 20 * 1024 ** 3 };
      const system = { os: 'posix', comfyui_version: '0.9.1' };
      return { status: 200, body: { system, devices: [device] } };
    }
    if (route !== 'api' || id !== 'jobs' || this.generation !== 'jobs') return noRoute;
    const job = jobOf(this.queue, rest[1] ?? '');
    return job === undefined
      ? { status: 404, body: { error: 'Job not found' } }
      : { status: 200, body: job };
  }

  private write(asked: AskedOfStub): StubReply {
    const { url, body } = asked;
    if (url.pathname === '/upload/image') return this.upload(asked);
    const json = JSON.parse(body.toString('utf8') || '{}');
    const cancelled = /^\/api\/jobs\/([^/]+)\/cancel$/.exec(url.pathname)?.[1];
    if (cancelled !== undefined && this.generation === 'jobs') {
      const isRunning = this.queue.running?.id === cancelled;
      if (isRunning) this.queue.interrupt();
      return { status: 200, body: { cancelled: isRunning || this.queue.remove(cancelled) } };
    }
    if (url.pathname === '/prompt') return this.submit(json);
    if (url.pathname === '/queue') for (const id of json.delete ?? []) this.queue.remove(id);
    else if (url.pathname === '/interrupt') this.interrupt(json.prompt_id);
    else return { ...noRoute, status: 405 };
    return ok;
  }

  private submit({ prompt, prompt_id: given, client_id: clientId = '' }: Submitted): StubReply {
    if (this.server.fault === 'busy') return { status: 503, body: 'the proxy has no room' };
    const takesIds = this.generation !== 'old' && given !== undefined;
    const id = takesIds ? given : randomUUID();
    if (this.generation === 'jobs' && !CANONICAL_UUID.test(id)) {
      const error = { type: 'invalid_prompt_id', message: 'prompt_id must be a valid UUID' };
      return { status: 400, body: { error, node_errors: {} } };
    }
    if (this.queue.has(id)) {
      const error = { type: 'duplicate_prompt_id', message: 'prompt_id exists' };
      if (this.generation === 'jobs') return { status: 409, body: { error, node_errors: {} } };
      this.misdeeds.push('one prompt_id twice');
    }
    const fault = graphFault(prompt);
    if (fault !== undefined) return { status: 400, body: fault };
    this.number += 1;
    this.queue.add({ number: this.number, id, graph: prompt, clientId });
    return { status: 200, body: { prompt_id: id, number: this.number, node_errors: {} } };
  }

  private interrupt(id: string | undefined): void {
    const isMeant = id !== undefined && this.queue.running?.id === id;
    if (isMeant || this.generation === 'old' || id === undefined) this.queue.interrupt();
    if (!isMeant && this.generation === 'old') this.misdeeds.push("another one's run stopped");
  }

  private upload(asked: AskedOfStub): StubReply {
    const { fields, files } = formOf(asked);
    const image = files.find(({ name }) => name === 'image');
    if (image === undefined) return { ...ok, status: 400 };
    this.uploads.push(image.fileName);
    const { subfolder = '', type = 'input' } = fields;
    return { status: 200, body: { name: image.fileName, subfolder, type } };
  }

  private view(query: URLSearchParams): StubReply {
    const name = `${query.get('subfolder') ?? ''}/${query.get('filename') ?? ''}`;
    const file = this.queue.files.get(name);
    if (file === undefined || query.get('type') !== 'output') return noRoute;
    const body = this.server.fault === 'no_image' ? Buffer.from('<html>no picture</html>') : file;
    const mediaType = name.endsWith('.webp') ? 'image/webp' : 'image/png';
    return { status: 200, body, mediaType, isWork: this.server.fault !== 'bad_json' };
  }
}

interface Submitted {
  readonly prompt: Parameters<typeof graphFault>[0];
  readonly prompt_id?: string;
  readonly client_id?: string;
}
