/**
 * What may be used up and is given back: flow-control credits of one class at a receiver, or tags and outstanding bytes
 * of a DMA engine. One header (or tag) goes with some units of data (16 B credits, or bytes). Null is infinite.
 */
export class Account {
  private headers: number;
  private data: number;
  private readonly size: readonly [headers: number, data: number];

  constructor(headers: number | null, data: number | null) {
    this.headers = headers ?? Number.POSITIVE_INFINITY;
    this.data = data ?? Number.POSITIVE_INFINITY;
    this.size = [this.headers, this.data];
  }

  covers(data: number): boolean {
    return this.headers >= 1 && this.data >= data;
  }

  take(data: number): void {
    this.headers -= 1;
    this.data -= data;
    this.check();
  }

  giveBack(data: number): void {
    this.headers += 1;
    this.data += data;
    this.check();
  }

  private check(): void {
    const { headers, data, size } = this;
    if (headers >= 0 && data >= 0 && headers <= size[0] && data <= size[1]) return;
    throw new RangeError(`${headers} headers and ${data} data units are left of ${size[0]} and ${size[1]}`);
  }
}
