import type { DomainFact } from '../shared/decider.js';

/** A fictional adult, made once and shown in many pictures. */
export type CharacterCreated = DomainFact<
  'CharacterCreated',
  {
    readonly tenantId: string;
    /** Public name of the model that all of its pictures are made with. */
    readonly model: string;
    /** Keyed hash of the request: tells a repeat of an idempotency key from its misuse. Empty without a key. */
    readonly fingerprint: string;
    /** Name and traits as JSON, sealed with the data key. */
    readonly confidential: string;
    readonly dataKeyId: string;
  }
>;

export type CharacterChanged = DomainFact<
  'CharacterChanged',
  {
    /** Name and traits from now on, sealed with the same data key. */
    readonly confidential: string;
    /** What its looks were worked out from has changed with it. */
    readonly traitsChanged: boolean;
  }
>;

/** Its looks were worked out; every picture from now on has them. */
export type CharacterIdentityAnchored = DomainFact<
  'CharacterIdentityAnchored',
  {
    /** Of the traits that it was worked out from, from 1. */
    readonly traitsVersion: number;
    /** The embedding, sealed with the character's data key. */
    readonly embedding: string;
  }
>;

/** Its data key is destroyed with it: name, traits and embedding are gone for good. */
export type CharacterDeleted = DomainFact<'CharacterDeleted', { readonly reason: string }>;

export type CharacterEvent =
  | CharacterCreated
  | CharacterChanged
  | CharacterIdentityAnchored
  | CharacterDeleted;
