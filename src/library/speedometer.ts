/** Mean speed over the last few seconds: steady enough to read, quick enough to follow a change. */
export class Speedometer {
  private readonly windowMs = 5_000;
  private notes: { readonly bytes: number; readonly at: number }[] = [];

  /** So many bytes were there at a time, ms. */
  note(bytes: number, at: number): void {
    const last = this.notes.at(-1);
    // A server that starts anew sends what we had already; the measure starts anew as well.
    if (last && bytes < last.bytes) this.notes = [];
    this.notes.push({ bytes, at });
    while (this.notes.length > 2 && at - (this.notes[0]?.at ?? at) > this.windowMs) this.notes.shift();
  }

  /** 0 while none is known. */
  get bytesPerSecond(): number {
    const first = this.notes[0];
    const last = this.notes.at(-1);
    if (!first || !last || last.at - first.at < 200) return 0;
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }
}
