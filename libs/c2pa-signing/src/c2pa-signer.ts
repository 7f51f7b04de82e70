import { Worker } from 'node:worker_threads';
import { type OutputMediaType, type ProvenanceFacts, UnreadableOutput } from '@imprest/application';
import { coseSign1, reservedBytes } from './cose-sign1.js';
import { manifestOf } from './manifest.js';
import type { FromThread, ToThread } from './messages.js';
import type { SigningCredential } from './signing-credential.js';

interface Job {
  readonly message: ToThread & { readonly kind: 'file' };
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** The compiled thread, also when this file runs from source, as it does in tests. */
const SIGNING_THREAD = import.meta.url.endsWith('.ts')
  ? new URL('../dist/signing-thread.js', import.meta.url)
  : new URL('./signing-thread.js', import.meta.url);

/** For one file: 64 MiB take a second or two. */
const PATIENCE_MS = 60_000;

/**
 * Signs files as C2PA has it (specification 2.2), one after the other on a thread of its own, which starts with
 * the first file: 9 MB of WebAssembly that a process without outputs never loads.
 */
export class C2paSigner {
  private readonly waiting: Job[] = [];
  private current: Job | undefined;
  private thread: Worker | undefined;
  private files = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly credential: SigningCredential) {}

  /** The same file with a signed manifest in it. @throws UnreadableOutput; Error when it cannot be signed, or after close */
  sign(bytes: Uint8Array, mediaType: OutputMediaType, facts: ProvenanceFacts): Promise<Uint8Array> {
    if (this.closed) return Promise.reject(new Error('the signer is closed'));
    this.files += 1;
    const message = {
      kind: 'file',
      id: this.files,
      bytes,
      mediaType,
      manifest: manifestOf(facts),
      algorithm: this.credential.algorithm.name,
      reservedBytes: reservedBytes(this.credential),
    } as const;
    return new Promise((resolve, reject) => {
      this.waiting.push({ message, resolve, reject });
      this.next();
    });
  }

  /** What is under way or waiting fails. Safe to repeat. */
  async close(): Promise<void> {
    this.closed = true;
    const { thread } = this;
    const reason = new Error('the signer is closed');
    this.lost(reason);
    for (const { reject } of this.waiting.splice(0)) reject(reason);
    await thread?.terminate();
  }

  private next(): void {
    if (this.current !== undefined || this.closed) return;
    this.current = this.waiting.shift();
    if (this.current === undefined) return void this.thread?.unref();
    this.thread ??= this.started();
    this.thread.ref();
    this.thread.postMessage(this.current.message);
    const reason = new Error(`C2PA: not signed within ${PATIENCE_MS} ms`);
    this.timer = setTimeout(() => this.lost(reason), PATIENCE_MS);
  }

  private started(): Worker {
    const thread = new Worker(SIGNING_THREAD);
    thread.on('message', (message: FromThread) => this.take(message));
    thread.on('error', (error) => this.lost(error));
    thread.on('exit', (code) => this.lost(new Error(`the signing thread ended with ${code}`)));
    return thread;
  }

  private take(message: FromThread): void {
    const job = this.current;
    if (message.kind === 'claim') return this.answer(message.claim);
    if (job === undefined || job.message.id !== message.id) return;
    clearTimeout(this.timer);
    this.current = undefined;
    if (message.kind === 'signed') job.resolve(message.bytes);
    else job.reject(failureOf(message.message));
    this.next();
  }

  private answer(claim: Uint8Array): void {
    try {
      const signature = coseSign1(claim, this.credential, reservedBytes(this.credential));
      this.thread?.postMessage({ kind: 'signature', signature } satisfies ToThread);
    } catch (error) {
      this.lost(error as Error);
    }
  }

  /** The thread goes with the file it was at; the next file gets a new one. */
  private lost(error: Error): void {
    clearTimeout(this.timer);
    this.thread?.removeAllListeners();
    void this.thread?.terminate();
    this.thread = undefined;
    const job = this.current;
    this.current = undefined;
    job?.reject(error);
    this.next();
  }
}

/** c2pa-rs calls `InvalidAsset` what it cannot put a manifest into; everything else is not the file's fault. */
function failureOf(message: string): Error {
  return message.includes('InvalidAsset')
    ? new UnreadableOutput(`no manifest fits into it: ${message}`)
    : new Error(`C2PA: ${message}`);
}
