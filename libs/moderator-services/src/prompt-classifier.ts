import {
  deadline,
  type ModerationSubject,
  type ModerationVerdict,
  type Moderator,
} from '@imprest/application';
import type { Classifier } from './classifier.js';

const PATIENCE_MS = 5_000;

/** Has a classifier read each prompt, while the caller waits. */
export class PromptClassifier implements Moderator {
  constructor(private readonly classifier: Classifier) {}

  /** @throws Error when it cannot be judged within 5 seconds */
  async review({ prompt }: ModerationSubject): Promise<ModerationVerdict> {
    const limit = deadline(PATIENCE_MS);
    try {
      const input = { type: 'text', text: prompt } as const;
      const seen = await this.classifier.classify(input, limit.signal);
      const objection = this.classifier.objection(seen);
      if (objection === null) return { outcome: 'allow' };
      const reviewer = `${this.classifier.name}/${seen.version}`;
      return { outcome: 'block', category: objection.category, reviewer };
    } finally {
      limit.end();
    }
  }
}
