export interface Deadline {
  /** Aborted when the time is over, or when the given signal was. */
  readonly signal: AbortSignal;
  /** To be called when nobody waits any more. */
  end(): void;
}

/**
 * A limit in time for something that another signal may end sooner. `AbortSignal.any` over
 * `AbortSignal.timeout` is no substitute: on Node.js 20 the garbage collector takes the timeout away, and
 * it never comes.
 */
export function deadline(ms: number, earlier?: AbortSignal): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`not done within ${ms} ms`, 'TimeoutError'));
  }, ms);
  const follow = () => controller.abort(earlier?.reason);
  if (earlier?.aborted) follow();
  earlier?.addEventListener('abort', follow);
  const end = () => {
    clearTimeout(timer);
    earlier?.removeEventListener('abort', follow);
  };
  return { signal: controller.signal, end };
}
