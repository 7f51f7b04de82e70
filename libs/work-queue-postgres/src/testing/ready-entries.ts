/** What waits in a line, oldest first; taking the first one costs the same however many there are. */
export class ReadyEntries<Entry extends { readonly position: number }> {
  private entries: Entry[] = [];
  private gone = 0;

  get first(): Entry | undefined {
    return this.entries[this.gone];
  }

  /** At its place in the line. */
  add(entry: Entry): void {
    let place = this.entries.length;
    while (place > this.gone && (this.entries[place - 1] as Entry).position > entry.position) {
      place -= 1;
    }
    if (place === this.entries.length) this.entries.push(entry);
    else this.entries.splice(place, 0, entry);
  }

  take(entry: Entry): void {
    if (entry !== this.first) {
      this.entries.splice(this.entries.indexOf(entry, this.gone), 1);
      return;
    }
    this.gone += 1;
    if (this.gone < 1_000 || this.gone * 2 < this.entries.length) return;
    this.entries = this.entries.slice(this.gone);
    this.gone = 0;
  }
}
