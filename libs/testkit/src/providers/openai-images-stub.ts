import { type AskedOfStub, FaultyServer, type StubReply } from './faulty-server.js';
import { type FormFile, formOf } from './form-of.js';
import {
  type AskedPictures,
  PICTURE_SIZE,
  readPictures,
  type StubFlavour,
} from './openai-images-request.js';
import type { ProviderFault, ProviderStub } from './provider-faults.js';
import { stubClip, stubPicture } from './stub-pictures.js';

interface Video {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  looks: number;
}

/** A clip is done when it was looked at this often. */
const LOOKS = 2;

/**
 * A server of images and videos after the protocol of OpenAI, in the ways of one of those who speak it: what they take, what
 * they refuse and how they say so. Pictures follow from their seed; a flavour without seeds counts them itself.
 */
export class OpenAiImagesStub implements ProviderStub {
  readonly key = 'openai-images-stub-key';
  readonly model = 'landscape-diffusion';
  readonly videos = new Map<string, Video>();
  private counted = 0;

  private constructor(
    readonly server: FaultyServer,
    readonly flavour: StubFlavour,
  ) {}

  static async start(flavour: StubFlavour): Promise<OpenAiImagesStub> {
    let stub: OpenAiImagesStub | undefined;
    const server = await FaultyServer.start((asked) => (stub as OpenAiImagesStub).answer(asked));
    stub = new OpenAiImagesStub(server, flavour);
    return stub;
  }

  get url(): string {
    return this.server.url;
  }

  inject(fault: ProviderFault | undefined): void {
    this.server.fault = fault;
  }

  underWay(): number {
    return this.server.open + this.videos.size;
  }

  sentBytes(): number {
    return this.server.sentBytes;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async answer(asked: AskedOfStub): Promise<StubReply> {
    const { fault } = this.server;
    const { pathname } = asked.url;
    if (pathname === '/health') {
      return { status: this.flavour === 'openai' ? 404 : fault === 'busy' ? 503 : 200, body: {} };
    }
    if (fault === 'unauthorized' || asked.headers.authorization !== `Bearer ${this.key}`) {
      return this.error(401, 'Incorrect API key provided', 'invalid_api_key');
    }
    if (pathname === '/v1/models') {
      const id = this.flavour === 'sd-cpp' ? 'sd-cpp-local' : this.model;
      const models = [{ id, object: 'model', owned_by: 'local' }];
      return { status: 200, body: { object: 'list', data: models } };
    }
    if (fault === 'busy') return this.error(this.flavour === 'openai' ? 429 : 503, 'overloaded');
    if (fault === 'broken') return this.error(500, 'CUDA out of memory');
    if (pathname.startsWith('/v1/videos')) return this.video(asked);
    if (asked.method !== 'POST') return this.error(405, 'Method Not Allowed');
    if (pathname === '/v1/images/generations') return this.images(JSON.parse(String(asked.body)));
    if (pathname !== '/v1/images/edits') return this.error(404, 'Not Found');
    const { fields, files } = formOf(asked);
    if (!files.some(({ name }) => name === 'image[]')) return this.error(400, 'image[] required');
    return this.images(fields);
  }

  private async images(fields: Readonly<Record<string, unknown>>): Promise<StubReply> {
    const { fault } = this.server;
    const asked =
      fault === 'refused'
        ? 'size is not supported by this model'
        : readPictures(fields, this.flavour, this.counted);
    if (typeof asked === 'string') return this.error(400, asked);
    this.counted += asked.n;
    const wanted = { fewer: asked.n - 1, none: 0 } as Partial<Record<string, number>>;
    const files = await Promise.all(
      Array.from({ length: wanted[fault ?? ''] ?? asked.n }, (_, place) =>
        this.file(asked, asked.seed + place),
      ),
    );
    const said = fault === 'duplicate' ? files.flatMap((file) => [file, file]) : files;
    const data = said.map((file) => ({
      b64_json: file.toString('base64'),
      ...(this.flavour === 'vllm-omni' && { url: null, revised_prompt: null }),
    }));
    return { status: 200, body: { created: 1_767_225_600, data }, isWork: true };
  }

  private async file({ width, height, format }: AskedPictures, seed: number): Promise<Buffer> {
    const { fault } = this.server;
    if (fault === 'no_image') return Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const size = fault === 'wrong_size' ? { width: width + 16, height } : { width, height };
    return stubPicture({ ...size, seed, format });
  }

  private async video(asked: AskedOfStub): Promise<StubReply> {
    const [, , , id, part] = asked.url.pathname.split('/');
    if (this.flavour === 'sd-cpp') return this.error(404, 'Not Found');
    if (id === undefined && asked.method === 'POST') return this.begin(asked);
    const told = [...this.videos.values()].map((each) => this.told(each));
    if (id === undefined) return { status: 200, body: { object: 'list', data: told } };
    const video = this.videos.get(id);
    // One of the servers tells of all its videos only.
    if (
      video === undefined ||
      (this.flavour === 'sglang' && part === undefined && asked.method === 'GET')
    ) {
      return this.error(404, 'Video not found');
    }
    if (asked.method === 'DELETE') {
      this.videos.delete(id);
      return { status: 200, body: { id, object: 'video.deleted', deleted: true } };
    }
    if (part !== 'content') return { status: 200, body: this.told(video) };
    const { width, height } = video;
    const body = stubClip({ width, height, seed: 7 });
    return { status: 200, body, mediaType: 'video/mp4', isWork: true };
  }

  private begin(asked: AskedOfStub): StubReply {
    const { fields, files } = formOf(asked);
    const size = PICTURE_SIZE.exec(fields.size ?? '');
    if (size === null || !fields.prompt) return this.error(422, 'size and prompt are required');
    const reference = files.find(({ name }: FormFile) => name === 'input_reference');
    if (reference === undefined) return this.error(422, 'input_reference is required');
    const id = `video_${this.videos.size + 1}_${this.server.requests.length}`;
    const video = { id, width: Number(size[1]), height: Number(size[2]), looks: 0 };
    this.videos.set(id, video);
    return { status: 200, body: this.told(video) };
  }

  private told(video: Video): object {
    const isDone = video.looks >= LOOKS && this.server.fault !== 'slow';
    video.looks += 1;
    const { id, width, height } = video;
    return {
      ...{ id, object: 'video', model: this.model, created_at: 1_767_225_600, error: null },
      ...{ size: `${width}x${height}`, progress: isDone ? 100 : 40 },
      status: isDone ? 'completed' : 'in_progress',
    };
  }

  /** In the words of OpenAI, of FastAPI or of stable-diffusion.cpp. */
  private error(status: number, message: string, code: string | null = null): StubReply {
    const shapes = {
      openai: { error: { message, type: 'invalid_request_error', param: null, code } },
      'vllm-omni': { detail: message },
      sglang: { detail: message },
      'sd-cpp': { error: message },
    };
    return { status, body: shapes[this.flavour] };
  }
}
