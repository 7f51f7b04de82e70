import type {
  Allocation,
  Deadlines,
  DomainErrorCode,
  GenerationParameters,
  SizeClass,
  StoredImage,
} from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';

export type GenerationViewStatus = 'queued' | 'processing' | 'succeeded' | 'failed' | 'cancelled';

type KnownSinceOutputStage = 'thumbnail' | 'marks' | 'verdicts';

/** Views made before there was an output stage do not say what came out of it. */
export type ViewedImage = Omit<StoredImage, KnownSinceOutputStage> &
  Partial<Pick<StoredImage, KnownSinceOutputStage>>;

/** What is known of a generation, as plain JSON: amounts are decimal strings, times ISO 8601. */
export interface GenerationView {
  readonly id: string;
  readonly tenantId: string;
  readonly apiKeyId: string;
  readonly dialect: string;
  readonly endUserId: string;
  readonly model: string;
  readonly parameters: GenerationParameters;
  /** Sealed prompt, references, e-mail and webhook URL (see confidential-input.ts). */
  readonly confidential: string;
  readonly dataKeyId: string;
  readonly webhook: boolean;
  readonly baseUrl: string;
  readonly correlationId: string;
  readonly traceparent?: string;
  readonly fingerprint: string;
  /** Missing in views made before there were any. */
  readonly deadlines?: Deadlines;
  /** The generation whose dead-lettered work this is done for once more. */
  readonly redriveOf?: string | null;
  /** The price frozen at the request; `total` is what was held. */
  readonly price: {
    readonly priceBookVersion: string;
    readonly model: string;
    readonly sizeClass: SizeClass;
    readonly images: number;
    readonly perImage: string;
    readonly total: string;
  };
  readonly charged: string;
  readonly refunded: string;
  /** Lots that paid what was charged; missing in views made before it was known. */
  readonly lots?: readonly { readonly lotId: string; readonly tokens: string }[];
  readonly status: GenerationViewStatus;
  readonly images: readonly ViewedImage[];
  /** Indexes of images that storage lost. */
  readonly lost: readonly number[];
  readonly error: {
    readonly code: DomainErrorCode;
    readonly message: string;
    readonly retryable: boolean;
    readonly retryAfter: number | null;
  } | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly erased: boolean;
  readonly revision: number;
}

function requested(recorded: RecordedEvent): GenerationView {
  const event = toDomainEvent(recorded);
  if (event.type !== 'GenerationRequested') {
    throw new Error(`${recorded.stream} begins with ${event.type}`);
  }
  const { parameters, price, ...data } = event.data;
  return {
    id: streamId(recorded.stream),
    tenantId: data.tenantId,
    apiKeyId: data.apiKeyId,
    dialect: data.dialect,
    endUserId: data.endUserId,
    model: price.model,
    parameters,
    confidential: data.confidential,
    dataKeyId: data.dataKeyId,
    webhook: data.webhook,
    baseUrl: data.baseUrl,
    correlationId: recorded.metadata.correlationId,
    traceparent: recorded.metadata.traceparent,
    fingerprint: data.fingerprint,
    deadlines: data.deadlines,
    redriveOf: data.redriveOf,
    price: { ...price, perImage: price.perImage.toString(), total: price.total.toString() },
    charged: '0',
    refunded: '0',
    status: 'queued',
    images: [],
    lost: [],
    error: null,
    createdAt: recorded.metadata.occurredAt,
    startedAt: null,
    finishedAt: null,
    erased: false,
    revision: recorded.revision,
  };
}

const lotOfView = ({ lotId, tokens }: Allocation) => ({ lotId, tokens: `${tokens}` });

/** Folds one event of a generation's stream into its view; the first event makes the view. */
export function applyToGenerationView(
  view: GenerationView | undefined,
  recorded: RecordedEvent,
): GenerationView {
  if (view === undefined) return requested(recorded);
  const event = toDomainEvent(recorded);
  const next = { ...view, revision: recorded.revision };
  const at = recorded.metadata.occurredAt;
  switch (event.type) {
    case 'GenerationStarted':
      return { ...next, status: 'processing', startedAt: at };
    case 'ImageStored':
      return { ...next, images: [...view.images, event.data] };
    case 'ImageLost':
      return { ...next, lost: [...view.lost, event.data.index] };
    case 'GenerationSucceeded':
    case 'GenerationFailed':
    case 'GenerationCancelled': {
      const charged = event.data.charged.toString();
      const refunded = event.data.refunded.toString();
      const ended = { ...next, charged, refunded, finishedAt: at };
      if (event.type === 'GenerationSucceeded') {
        return { ...ended, status: 'succeeded', lots: event.data.lots.map(lotOfView) };
      }
      if (event.type === 'GenerationCancelled') return { ...ended, status: 'cancelled' };
      const { code, message, retryable, retryAfter, lots } = event.data;
      const error = { code, message, retryable, retryAfter };
      const paid = lots.length > 0 && { lots: lots.map(lotOfView) };
      return { ...ended, ...paid, status: 'failed', error };
    }
    case 'GenerationErased':
      return { ...next, erased: true };
    default:
      throw new Error(`${recorded.stream} holds ${event.type}, which is no event of a generation`);
  }
}
