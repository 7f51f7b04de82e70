import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

export interface LongPoll {
  /** Aborted when the client has gone away or the process is to end. */
  readonly signal: AbortSignal;
  end(): void;
}

/** Requests that wait for work. A process that ends lets none of them keep it waiting. */
@Injectable()
export class LongPolls {
  private readonly open = new Set<AbortController>();
  private draining = false;

  begin(reply: Pick<FastifyReply, 'raw'>): LongPoll {
    const controller = new AbortController();
    const { raw } = reply;
    const gone = () => {
      if (!raw.writableFinished) controller.abort();
    };
    raw.on('close', gone);
    this.open.add(controller);
    if (this.draining || raw.destroyed) controller.abort();
    const end = () => {
      raw.off('close', gone);
      this.open.delete(controller);
    };
    return { signal: controller.signal, end };
  }

  /** Ends all of them, and those still to come at once. */
  drain(): void {
    this.draining = true;
    for (const controller of this.open) controller.abort();
  }
}
