import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

export interface LongPoll {
  /** Aborted when the client has gone away or the process is to end. */
  readonly signal: AbortSignal;
  end(): void;
}

interface OpenPoll {
  readonly holder: string;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** Requests that wait for work. A process that ends lets none of them keep it waiting. */
@Injectable()
export class LongPolls {
  private readonly open = new Set<OpenPoll>();
  private draining = false;

  /** @param holder who asks; see holderOf */
  begin(reply: Pick<FastifyReply, 'raw'>, holder: string): LongPoll {
    const controller = new AbortController();
    const { raw } = reply;
    const gone = () => {
      if (!raw.writableFinished) controller.abort();
    };
    raw.on('close', gone);
    let finish = () => {};
    const ended = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const poll = { holder, controller, ended };
    this.open.add(poll);
    if (this.draining || raw.destroyed) controller.abort();
    const end = () => {
      raw.off('close', gone);
      this.open.delete(poll);
      finish();
    };
    return { signal: controller.signal, end };
  }

  /** Ends those of one holder. Afterwards it has whatever it will have. */
  async endOf(holder: string): Promise<void> {
    const polls = [...this.open].filter((poll) => poll.holder === holder);
    for (const { controller } of polls) controller.abort();
    await Promise.all(polls.map(({ ended }) => ended));
  }

  /** Ends all of them, and those still to come at once. */
  drain(): void {
    this.draining = true;
    for (const { controller } of this.open) controller.abort();
  }
}
