import { hash } from 'node:crypto';
import {
  KNOWN_FILE,
  type OutputJudgement,
  type OutputModerator,
  type OutputSubject,
} from '@imprest/application';

const SHA256 = /^[0-9a-f]{64}$/;

/** A list of known files has a line that is no SHA-256. */
export class HashListInvalid extends Error {
  override readonly name = 'HashListInvalid';
}

/** Knows files by their SHA-256, from a list of the operator's own. */
export class HashList implements OutputModerator {
  readonly name = 'hash-list';
  private readonly known: ReadonlySet<string>;
  private readonly version: string;

  /**
   * @param text one SHA-256 in hex a line; what follows it on the line, empty lines and `#` comments are ignored
   * @throws HashListInvalid naming the line, never its content
   */
  constructor(text: string) {
    const known = new Set<string>();
    for (const [at, line] of text.split(/\r?\n/).entries()) {
      const [digest = ''] = line.trim().toLowerCase().split(/\s/);
      if (digest === '' || digest.startsWith('#')) continue;
      if (!SHA256.test(digest)) throw new HashListInvalid(`line ${at + 1} is no SHA-256 in hex`);
      known.add(digest);
    }
    this.known = known;
    this.version = hash('sha256', text).slice(0, 12);
  }

  judge({ sha256 }: OutputSubject): Promise<OutputJudgement> {
    const found = this.known.has(sha256);
    return Promise.resolve({
      provider: this.name,
      version: this.version,
      outcome: found ? 'block' : 'allow',
      category: found ? KNOWN_FILE : null,
      score: found ? 1 : null,
    });
  }
}
