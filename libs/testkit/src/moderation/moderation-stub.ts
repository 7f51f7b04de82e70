import { hash } from 'node:crypto';
import { type AskedOfStub, FaultyServer, type StubReply } from '../providers/faulty-server.js';

interface ClassifyBody {
  readonly model?: unknown;
  readonly input?: readonly {
    readonly type?: unknown;
    readonly text?: string;
    readonly image_url?: { readonly url?: string };
  }[];
}

const CATEGORIES = ['harassment', 'violence', 'violence/graphic', 'sexual/minors'] as const;
export type StubCategory = (typeof CATEGORIES)[number];

const refused = (message: string): StubReply => ({
  status: 400,
  body: { error: { message, type: 'invalid_request_error' } },
});
const unknownKey: StubReply = { status: 401, body: { error: { message: 'Incorrect API key' } } };
const broken: StubReply = { status: 500, body: { error: { message: 'The server had an error' } } };

/**
 * A classifier after OpenAI's `POST /v1/moderations` and, at `/match`, a service of known files. It objects to what
 * a test has told it to: words of texts, and files by their content.
 */
export class ModerationStub {
  readonly key = 'moderation-stub-key';
  readonly words = new Map<string, StubCategory>();
  readonly pictures = new Map<string, StubCategory>();
  /** What it sees in every picture it knows nothing of. */
  everywhere: StubCategory | undefined;
  readonly knownFiles = new Set<string>();

  private constructor(readonly server: FaultyServer) {}

  static async start(): Promise<ModerationStub> {
    let stub: ModerationStub | undefined;
    const server = await FaultyServer.start((asked) => (stub as ModerationStub).answer(asked));
    stub = new ModerationStub(server);
    return stub;
  }

  get url(): string {
    return this.server.url;
  }

  /** From now on it objects to this very file. */
  objectTo(bytes: Uint8Array, category: StubCategory): void {
    this.pictures.set(hash('sha256', bytes), category);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private answer(asked: AskedOfStub): StubReply {
    const { fault } = this.server;
    if (asked.headers.authorization !== `Bearer ${this.key}` || fault === 'unauthorized') {
      return unknownKey;
    }
    if (fault === 'broken') return broken;
    const body = JSON.parse(asked.body.toString());
    if (asked.url.pathname === '/match') return this.match(body);
    if (asked.url.pathname !== '/v1/moderations') return { status: 404, body: { error: {} } };
    return this.classify(body);
  }

  private match({ sha256 }: { readonly sha256?: unknown }): StubReply {
    if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
      return refused('sha256 must be 64 hexadecimal digits');
    }
    const match = this.knownFiles.has(sha256);
    return { status: 200, body: { match, ...(match && { list: 'trial-list' }) }, isWork: true };
  }

  private classify({ model, input }: ClassifyBody): StubReply {
    if (typeof model !== 'string' || !Array.isArray(input)) return refused('input is missing');
    const found = input.map((part) => this.objection(part));
    const applies = (category: string) => found.includes(category as StubCategory);
    const each = <T>(value: (category: string) => T) =>
      Object.fromEntries(CATEGORIES.map((category) => [category, value(category)]));
    const result = {
      flagged: CATEGORIES.some(applies),
      categories: each(applies),
      category_scores: each((category) => (applies(category) ? 0.97 : 0.02)),
      category_applied_input_types: each(() => input.map(({ type }) => type)),
    };
    const body = { id: 'modr-1', model: `${model}-2024-09-26`, results: [result] };
    return { status: 200, body, isWork: true };
  }

  private objection(part: NonNullable<ClassifyBody['input']>[number]): StubCategory | undefined {
    if (part.type === 'text') {
      const [, category] = [...this.words].find(([word]) => part.text?.includes(word)) ?? [];
      return category;
    }
    const [, base64 = ''] = /^data:image\/\w+;base64,(.+)$/.exec(part.image_url?.url ?? '') ?? [];
    const digest = hash('sha256', Buffer.from(base64, 'base64'));
    return this.pictures.get(digest) ?? this.everywhere;
  }
}
