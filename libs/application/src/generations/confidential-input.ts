import type { RequestedDeadlines } from '@imprest/domain';
import { sealText, unsealText } from '../confidential/index.js';
import type { DataKey, DataKeys } from '../ports/data-keys.js';

/** The character that pictures show, as it was when they were asked for. */
export interface ShownCharacter {
  readonly id: string;
  /** Of the traits, from 1. */
  readonly traitsVersion: number;
  /** Traits in plain words. */
  readonly description: string;
}

/** The personal part of a request. It leaves the process sealed only. */
export interface ConfidentialInput {
  readonly prompt: string;
  readonly endUserEmail: string;
  readonly references: readonly string[];
  readonly webhookUrl: string | null;
  /** What no picture should have, in dialects that say so. */
  readonly negativePrompt?: string;
  readonly character?: ShownCharacter;
  /** As asked for; what holds is in the request itself. */
  readonly deadlines?: RequestedDeadlines;
}

export function sealInput(generationId: string, input: ConfidentialInput, key: DataKey): string {
  return sealText(key, JSON.stringify(input), generationId);
}

interface SealedInput {
  readonly id: string;
  readonly confidential: string;
  readonly dataKeyId: string;
}

/** Opens several at once; a generation whose key was destroyed is missing from the answer. */
export async function openInputs(
  dataKeys: DataKeys,
  generations: readonly SealedInput[],
): Promise<ReadonlyMap<string, ConfidentialInput>> {
  const keys = await dataKeys.open(generations.map(({ dataKeyId }) => dataKeyId));
  const opened = new Map<string, ConfidentialInput>();
  for (const { id, confidential, dataKeyId } of generations) {
    const key = keys.get(dataKeyId);
    if (key !== undefined) opened.set(id, JSON.parse(unsealText(key, confidential, id)));
  }
  return opened;
}
