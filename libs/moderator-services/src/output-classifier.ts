import type { OutputJudgement, OutputModerator, OutputSubject } from '@imprest/application';
import type { Classifier } from './classifier.js';

const NOTHING_TO_SEE = 'unseen';

/** Shows a classifier what an output looks like, picture by picture, and ends with the first objection. */
export class OutputClassifier implements OutputModerator {
  readonly name: string;
  readonly seesPictures = true;

  constructor(private readonly classifier: Classifier) {
    this.name = classifier.name;
  }

  /** What has no pictures to show (MP4) is for somebody else to review. */
  async judge(subject: OutputSubject, signal: AbortSignal): Promise<OutputJudgement> {
    const provider = this.name;
    let allowed: OutputJudgement | undefined;
    let doubtful: OutputJudgement | undefined;
    for (const { bytes, mediaType } of await subject.pictures()) {
      const url = `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
      const input = { type: 'image_url', image_url: { url } } as const;
      const seen = await this.classifier.classify(input, signal);
      const objection = this.classifier.objection(seen);
      const { version } = seen;
      if (objection?.outcome === 'block') return { provider, version, ...objection };
      if (objection !== null) doubtful ??= { provider, version, ...objection };
      const scores = [seen.highest?.score, allowed?.score].filter((score) => score != null);
      const score = scores.length === 0 ? null : Math.max(...scores);
      allowed = { provider, version, outcome: 'allow', category: null, score };
    }
    const unseen = { category: NOTHING_TO_SEE, score: null } as const;
    return doubtful ?? allowed ?? { provider, version: 'none', outcome: 'review', ...unseen };
  }
}
