import { OutgoingRequestError } from './outgoing-request-error.js';
import type { Target, TargetPolicy } from './target-policy.js';

const MAX_ENTRIES = 4_096;

/** Remembers permitted URLs: most deliveries go to few, and parsing a URL costs more than sending to it. */
export class TargetCache {
  private readonly targets = new Map<string, Target>();

  constructor(private readonly policy: TargetPolicy) {}

  /** @throws OutgoingRequestError `forbidden_target` */
  permitted(url: string): Target {
    return this.targets.get(url) ?? this.judge(url);
  }

  /** Refused URLs are not kept: nothing bounds their length. */
  private judge(url: string): Target {
    const verdict = this.policy.check(url);
    if (!verdict.ok) {
      throw new OutgoingRequestError('forbidden_target', `the URL ${verdict.reason}`);
    }
    if (this.targets.size >= MAX_ENTRIES) {
      const oldest = this.targets.keys().next();
      if (!oldest.done) this.targets.delete(oldest.value);
    }
    this.targets.set(url, verdict.target);
    return verdict.target;
  }
}
