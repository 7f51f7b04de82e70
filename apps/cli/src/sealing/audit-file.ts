import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import {
  type Anchor,
  type BundleVerification,
  type ChargeProofVerification,
  type SealPublicKey,
  verifyBundle,
  verifyChargeProof,
} from '@imprest/ledger-seal';
import { UsageError } from '../terminal/run-cli.js';

export interface Against {
  readonly trusted: SealPublicKey | undefined;
  readonly anchors: readonly Anchor[];
}

export type VerifiedFile =
  | { readonly kind: 'ledger'; readonly verified: BundleVerification }
  | { readonly kind: 'charge'; readonly verified: ChargeProofVerification };

/** A proof is read as a whole; one of a generation has some hundred records at most. */
const LARGEST_PROOF = 64 * 1024 * 1024;

const linesOf = (file: string) => createInterface({ input: createReadStream(file) });

async function isBundle(file: string): Promise<boolean> {
  for await (const line of linesOf(file)) {
    return line.startsWith('{"format":"imprest-ledger-bundle"');
  }
  return false;
}

/** Opens no database: the file, the key and the anchors are all it looks at. @throws UsageError */
export async function verifyFile(file: string, against: Against): Promise<VerifiedFile> {
  const { size } = await stat(file);
  if (await isBundle(file)) {
    return { kind: 'ledger', verified: await verifyBundle(() => linesOf(file), against) };
  }
  if (size > LARGEST_PROOF) throw new UsageError(`${file} is too large for a charge proof`);
  const verified = verifyChargeProof(parsed(await readFile(file, 'utf8'), file), against);
  return { kind: 'charge', verified };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is neither a bundle nor a proof`);
  }
}
