/** A first-in, first-out list that drops its head in O(1) amortised. */
export class Queue<T> {
  private items: T[] = [];
  private head = 0;

  add(item: T): void {
    this.items.push(item);
  }

  /** The oldest item; undefined when there is none. */
  first(): T | undefined {
    return this.items[this.head];
  }

  /** Removes the oldest item. */
  drop(): void {
    this.head++;
    if (this.head > 256 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
  }
}
