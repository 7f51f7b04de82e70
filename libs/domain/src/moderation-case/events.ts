import type { OutputVerdict } from '../generation/events.js';
import type { DomainFact } from '../shared/decider.js';
import type {
  CaseDecision,
  CaseGrounds,
  CaseKind,
  DecisionReason,
  ReopeningReason,
} from './vocabulary.js';

export type CaseVerdict = Omit<OutputVerdict, 'latencyMs'>;

/** Something to look at, in the asset store under a key of its own. */
export interface CaseMedia {
  readonly assetId: string;
  readonly mediaType: string;
  /** Hex. */
  readonly sha256: string;
  /** ISO 8601; null when it stays as long as its generation does. */
  readonly keptUntil: string | null;
}

export type CaseOpened = DomainFact<
  'CaseOpened',
  {
    readonly kind: CaseKind;
    readonly grounds: CaseGrounds;
    readonly tenantId: string;
    /** Pseudonym of the responsible end user. */
    readonly endUserId: string;
    /** Null of a prompt that was refused: it never became a generation. */
    readonly generationId: string | null;
    readonly verdicts: readonly CaseVerdict[];
    /** Empty when nothing was kept. */
    readonly media: readonly CaseMedia[];
    /** What a report says; null of what a moderator by machine said. */
    readonly note: string | null;
    /** When it should be decided, ISO 8601. */
    readonly dueAt: string;
  }
>;

/** The actor saw it as it is. */
export type MediaUnblurred = DomainFact<
  'MediaUnblurred',
  { readonly assetId: string; readonly reason: string }
>;

export type CaseDecided = DomainFact<
  'CaseDecided',
  {
    readonly decision: CaseDecision;
    readonly reason: DecisionReason;
    readonly note: string | null;
  }
>;

export type CaseReopened = DomainFact<
  'CaseReopened',
  { readonly reason: ReopeningReason; readonly note: string | null; readonly dueAt: string }
>;

export type ModerationCaseEvent = CaseOpened | MediaUnblurred | CaseDecided | CaseReopened;
