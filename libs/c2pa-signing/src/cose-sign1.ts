import { array, byteString, integer, map, NULL, tagged, textString } from './cbor.js';
import type { SigningCredential } from './signing-credential.js';

/** COSE header parameters (RFC 9052, 3.1; RFC 9360, 2) and the tag of a COSE_Sign1. */
const ALG = 1;
const X5CHAIN = 33;
const COSE_SIGN1 = 18;
const NOTHING = new Uint8Array();

/** Bytes that a signature of this credential may take, with room to spare. */
export function reservedBytes({ chain }: SigningCredential): number {
  return 2_048 + chain.reduce((sum, certificate) => sum + certificate.length, 0);
}

/**
 * A claim signed as C2PA has it (specification 2.2, 13.2): COSE_Sign1 with a detached payload and the chain in its
 * protected header, padded to exactly `size` bytes.
 */
export function coseSign1(claim: Uint8Array, credential: SigningCredential, size: number): Buffer {
  const { chain, algorithm } = credential;
  const header = map(
    [integer(ALG), integer(algorithm.cose)],
    [integer(X5CHAIN), array(...chain.map(byteString))],
  );
  const protectedHeader = byteString(header);
  const toBeSigned = array(
    textString('Signature1'),
    protectedHeader,
    byteString(NOTHING),
    byteString(claim),
  );
  const signature = byteString(credential.sign(toBeSigned));
  const padded = (bytes: number) => {
    const padding = map([textString('pad'), byteString(Buffer.alloc(bytes))]);
    return tagged(COSE_SIGN1, array(protectedHeader, padding, NULL, signature));
  };
  // The length of the padding is part of what it fills up.
  let bytes = size - padded(0).length;
  while (bytes > 0 && padded(bytes).length > size) bytes -= 1;
  return padded(bytes);
}
