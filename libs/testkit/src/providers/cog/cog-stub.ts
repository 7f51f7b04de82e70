import { type AskedOfStub, FaultyServer, type StubReply } from '../faulty-server.js';
import type { ProviderFault, ProviderStub } from '../provider-faults.js';
import { type PredictionEvent, predictionEvents } from './stub-prediction.js';
import { inputErrors, inputFault, schema } from './stub-schema.js';

export interface CogStubOptions {
  /** Whether the model yields its outputs, and so streams them. Default true. */
  readonly streaming?: boolean;
  /** Whether it puts files elsewhere, under `uploadUrl`, and links them. Default false. */
  readonly uploading?: boolean;
}

const STREAM = 'text/event-stream';
const OF_TRANSPORT = new Set<ProviderFault | undefined>(['stalled', 'cut', 'bad_json', 'huge']);

/** A server of one model that was packaged with Cog, by its documentation of HTTP. It has one slot. */
export class CogStub implements ProviderStub {
  /** What the next predictions fail with. */
  error: string | undefined;
  status = 'READY';
  /** Inputs of predictions, in their order. */
  readonly inputs: Readonly<Record<string, unknown>>[] = [];
  private readonly running = new Map<string, AbortController>();
  private readonly uploads = new Map<string, { bytes: Buffer; mediaType: string }>();

  private constructor(
    readonly server: FaultyServer,
    private readonly options: CogStubOptions,
  ) {}

  static async start(options: CogStubOptions = {}): Promise<CogStub> {
    let stub: CogStub | undefined;
    const server = await FaultyServer.start((asked) => (stub as CogStub).answer(asked));
    stub = new CogStub(server, options);
    return stub;
  }

  get url(): string {
    return this.server.url;
  }

  get uploadUrl(): string {
    return `${this.url}/uploads`;
  }

  inject(fault: ProviderFault | undefined): void {
    this.server.fault = fault;
  }

  /** The request of a prediction is open for as long as it runs. */
  underWay(): number {
    return Math.max(this.running.size, this.server.open);
  }

  sentBytes(): number {
    return this.server.sentBytes;
  }

  async close(): Promise<void> {
    for (const cancellation of this.running.values()) cancellation.abort();
    await this.server.close();
  }

  private answer(asked: AskedOfStub): StubReply | Promise<StubReply> {
    const { pathname } = asked.url;
    if (this.server.fault === 'unauthorized') return { status: 401, body: { error: 'no key' } };
    const [, collection, id = '', part] = pathname.split('/');
    if (collection === 'uploads') return this.uploaded(pathname);
    if (pathname === '/health-check') return { status: 200, body: this.health() };
    if (pathname === '/openapi.json') return { status: 200, body: schema };
    if (collection !== 'predictions' || id === '') return { status: 404, body: {} };
    if (part === 'cancel' && asked.method === 'POST') return this.cancel(id);
    return asked.method === 'PUT' ? this.predict(id, asked) : { status: 405, body: {} };
  }

  private health(): object {
    const status = this.running.size > 0 ? 'BUSY' : this.status;
    const setup = { status: 'succeeded', logs: '' };
    return { status, setup, version: { coglet: '0.17.0', cog: '0.17.0', python: '3.13.0' } };
  }

  private cancel(id: string): StubReply {
    this.running.get(id)?.abort();
    return { status: this.running.has(id) ? 200 : 404, body: {} };
  }

  private async predict(id: string, asked: AskedOfStub): Promise<StubReply> {
    const { fault } = this.server;
    const isStream = asked.headers.accept === STREAM;
    if (isStream && this.options.streaming === false) {
      return { status: 406, body: { error: 'This model does not support streaming responses.' } };
    }
    if (this.running.has(id)) return { status: 202, body: { id, status: 'processing' } };
    const { input } = JSON.parse(asked.body.toString('utf8'));
    const refused = fault === 'refused' && inputErrors('prompt', 'is not to its liking');
    const unfit = refused || inputFault(input);
    if (unfit) return { status: 422, body: unfit };
    if (this.status === 'STARTING') {
      return { status: 503, body: { error: 'Setup has not finished yet', status: 'failed' } };
    }
    if (fault === 'busy' || this.running.size > 0) {
      const error = 'At capacity - all prediction slots busy';
      return { status: 409, body: { error, status: 'failed' } };
    }
    this.inputs.push(input);
    const events = this.run(id, input, asked.gone);
    // A prediction that says nothing is the model's, not the transport's.
    const isWork = fault !== 'slow';
    if (!isStream) return { status: 200, body: (await all(events)).at(-1)?.data, isWork };
    const reply = { status: 200, mediaType: STREAM, isWork };
    if (!OF_TRANSPORT.has(fault)) return { ...reply, body: '', pieces: texts(events) };
    return { ...reply, body: Buffer.concat((await all(events)).map(textOf)) };
  }

  /** Whoever asked may go: the prediction is cancelled then. */
  private async *run(
    id: string,
    input: Readonly<Record<string, unknown>>,
    gone: AbortSignal,
  ): AsyncGenerator<PredictionEvent> {
    const cancellation = new AbortController();
    this.running.set(id, cancellation);
    gone.addEventListener('abort', () => cancellation.abort(), { once: true });
    try {
      const { fault } = this.server;
      const keep = (bytes: Buffer, mediaType: string) => this.keep(bytes, mediaType);
      const about = { id, input, fault, error: this.error, cancelled: cancellation.signal };
      yield* predictionEvents({ ...about, keep });
    } finally {
      this.running.delete(id);
    }
  }

  private keep(bytes: Buffer, mediaType: string): string {
    if (!this.options.uploading) return `data:${mediaType};base64,${bytes.toString('base64')}`;
    const name = `output-${this.uploads.size}.${mediaType.slice('image/'.length)}`;
    this.uploads.set(`/uploads/${name}`, { bytes, mediaType });
    return `${this.uploadUrl}/${name}`;
  }

  private uploaded(path: string): StubReply {
    const file = this.uploads.get(path);
    if (file === undefined) return { status: 404, body: {} };
    return { status: 200, body: file.bytes, mediaType: file.mediaType };
  }
}

async function all(events: AsyncIterable<PredictionEvent>): Promise<PredictionEvent[]> {
  const list: PredictionEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const textOf = ({ name, data }: PredictionEvent): Buffer =>
  Buffer.from(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);

async function* texts(events: AsyncIterable<PredictionEvent>): AsyncGenerator<Buffer> {
  yield Buffer.from(': keep-alive\n\n');
  for await (const event of events) yield textOf(event);
}
