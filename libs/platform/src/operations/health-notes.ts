import { Injectable } from '@nestjs/common';

/** What parts of a process have to say about their health while it is not good. */
@Injectable()
export class HealthNotes {
  private readonly notes = new Map<string, unknown>();

  /** @param note plain JSON; undefined once the part is well again. */
  set(part: string, note: unknown): void {
    if (note === undefined) this.notes.delete(part);
    else this.notes.set(part, note);
  }

  /** By part; empty while all is well. */
  get all(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.notes);
  }
}
