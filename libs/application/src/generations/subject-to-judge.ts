import type { ModerationSubject } from '../ports/moderator.js';
import type { ConfidentialInput } from './confidential-input.js';
import type { GenerationRequestInput, PreparedRequest } from './prepare-request.js';

/**
 * What a moderator is asked about. Of a character both what the caller said and what was made of it, and of a video what its image was asked for
 * with: where a character is shown, nothing of it may imply a minor.
 */
export function subjectToJudge(
  { prompt, asked, character }: GenerationRequestInput,
  { moderationClass }: PreparedRequest,
  moved: ConfidentialInput | undefined,
): ModerationSubject {
  if (character === undefined && moved === undefined) return { prompt, moderationClass };
  const texts = [moved?.prompt, asked?.prompt, prompt].filter((text) => text);
  const adultsOnly = character !== undefined || moved?.character !== undefined;
  return { prompt: texts.join('\n'), moderationClass, ...(adultsOnly && { adultsOnly }) };
}
