import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  type Anchor,
  InvalidAnchor,
  InvalidSealKey,
  readAnchor,
  type SealPublicKey,
  sealPublicKey,
} from '@imprest/ledger-seal';
import { UsageError } from '../terminal/run-cli.js';

/** A key as text, or the file that holds it. @throws UsageError */
export async function publicKeyOf(given: string): Promise<SealPublicKey> {
  const text = existsSync(given) ? await readFile(given, 'utf8') : given;
  try {
    return sealPublicKey(text);
  } catch (error) {
    if (error instanceof InvalidSealKey) throw new UsageError(`--public-key: ${error.message}`);
    throw error;
  }
}

/** @throws UsageError for what is no anchor */
export async function anchorsOf(files: readonly string[]): Promise<readonly Anchor[]> {
  const anchors: Anchor[] = [];
  for (const file of files) {
    try {
      anchors.push(readAnchor(await readFile(file, 'utf8')));
    } catch (error) {
      if (error instanceof InvalidAnchor) throw new UsageError(`${file}: ${error.message}`);
      throw error;
    }
  }
  return anchors;
}
