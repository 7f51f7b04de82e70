import type { ModerationSubject, ModerationVerdict, Moderator } from '@imprest/application';

/** Asks one moderator after the other; the first who blocks ends it. It waits for none that answers at once. */
export class ModeratorsInTurn implements Moderator {
  constructor(private readonly moderators: readonly Moderator[]) {}

  review(subject: ModerationSubject): ModerationVerdict | Promise<ModerationVerdict> {
    return this.from(0, subject);
  }

  private from(
    first: number,
    subject: ModerationSubject,
  ): ModerationVerdict | Promise<ModerationVerdict> {
    for (const [at, moderator] of [...this.moderators.entries()].slice(first)) {
      const verdict = moderator.review(subject);
      if (verdict instanceof Promise) return this.later(verdict, at + 1, subject);
      if (verdict.outcome === 'block') return verdict;
    }
    return { outcome: 'allow' };
  }

  private async later(
    awaited: Promise<ModerationVerdict>,
    next: number,
    subject: ModerationSubject,
  ): Promise<ModerationVerdict> {
    const verdict = await awaited;
    return verdict.outcome === 'block' ? verdict : this.from(next, subject);
  }
}
