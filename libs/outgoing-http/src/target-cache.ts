import { OutgoingRequestError } from './outgoing-request-error.js';
import type { Target, TargetPolicy, TargetVerdict } from './target-policy.js';

const MAX_ENTRIES = 4_096;

/** Remembers permitted URLs: most deliveries go to few, and parsing a URL costs more than sending to it. */
export class TargetCache {
  private readonly verdicts = new Map<string, TargetVerdict>();

  constructor(private readonly policy: TargetPolicy) {}

  /** @throws OutgoingRequestError `forbidden_target` */
  permitted(url: string): Target {
    const verdict = this.judge(url);
    if (verdict.ok) return verdict.target;
    throw new OutgoingRequestError('forbidden_target', `the URL ${verdict.reason}`);
  }

  /** Undefined when it is forbidden. */
  find(url: string): Target | undefined {
    const verdict = this.judge(url);
    return verdict.ok ? verdict.target : undefined;
  }

  /** Refused URLs are not kept: nothing bounds their length. */
  private judge(url: string): TargetVerdict {
    const known = this.verdicts.get(url);
    if (known !== undefined) return known;
    const verdict = this.policy.check(url);
    if (!verdict.ok) return verdict;
    if (this.verdicts.size >= MAX_ENTRIES) {
      const oldest = this.verdicts.keys().next();
      if (!oldest.done) this.verdicts.delete(oldest.value);
    }
    this.verdicts.set(url, verdict);
    return verdict;
  }
}
