import type { ProviderAnswer } from '../http/provider-answer.js';
import { JsonScanner, type ScannedFile, type ScanRules } from './json-scanner.js';

/**
 * Files of a JSON answer, each as soon as it is complete and before the next one is read. The return value is the rest of
 * the answer, with a null for each file.
 * @throws ProviderError
 */
export async function* filesInJson(
  answer: ProviderAnswer,
  rules: Omit<ScanRules, 'where'>,
): AsyncGenerator<ScannedFile, unknown, undefined> {
  const scanner = new JsonScanner({ ...rules, where: answer.where });
  for await (const piece of answer.pieces()) yield* scanner.push(piece);
  return scanner.end();
}
