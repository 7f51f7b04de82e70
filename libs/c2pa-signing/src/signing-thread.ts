import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { initSync, WasmBuilder } from '@contentauth/c2pa-wasm';
import type { FromThread, ToThread } from './messages.js';

type SignOrder = Extract<ToThread, { kind: 'file' }>;

if (parentPort === null) throw new Error('the signing thread runs as a worker thread only');
const port = parentPort;

/** c2pa-wasm reads its source in pieces through the browser's `FileReaderSync`, which Node.js does not have. */
class BytesBlob extends Blob {
  constructor(readonly view: Uint8Array) {
    super([]);
    Object.defineProperty(this, 'size', { value: view.length });
  }

  override slice(start?: number, end?: number): BytesBlob {
    return new BytesBlob(this.view.subarray(start, end));
  }
}

Object.assign(globalThis, {
  FileReaderSync: class {
    readAsArrayBuffer({ view }: BytesBlob): ArrayBuffer {
      return Uint8Array.from(view).buffer;
    }
  },
});

initSync({
  module: readFileSync(new URL(import.meta.resolve('@contentauth/c2pa-wasm/c2pa.wasm'))),
});

/** One file at a time: the signature that comes next belongs to the claim sent last. */
let awaited: ((signature: Uint8Array<ArrayBuffer>) => void) | undefined;

const tell = (message: FromThread) => port.postMessage(message);

function signature(claim: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve) => {
    awaited = resolve;
    tell({ kind: 'claim', claim });
  });
}

async function signed({ bytes, mediaType, manifest, algorithm, reservedBytes }: SignOrder) {
  const builder = WasmBuilder.fromJson(manifest);
  try {
    const signer = { alg: algorithm, reserveSize: reservedBytes, sign: signature };
    return await builder.sign(signer, [], mediaType, new BytesBlob(bytes));
  } finally {
    builder.free();
  }
}

port.on('message', async (message: ToThread) => {
  if (message.kind === 'signature') return awaited?.(Uint8Array.from(message.signature));
  const { id } = message;
  try {
    tell({ kind: 'signed', id, bytes: await signed(message) });
  } catch (error) {
    tell({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
});
