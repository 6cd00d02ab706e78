/** The part of a long list that was read: rows come in pages, as they are looked at. */
export class Pages<T> {
  total = 0
  private readonly read = new Map<number, T[]>()

  constructor(readonly size: number) {}

  at(index: number): T | undefined {
    return this.read.get(Math.floor(index / this.size))?.[index % this.size]
  }

  /** Numbers of the pages that hold these rows, whether read or not. @param to behind the last */
  covering(from: number, to: number): number[] {
    const first = Math.floor(Math.max(0, from) / this.size)
    const last = Math.floor(Math.max(0, to - 1) / this.size)
    return Array.from({ length: last - first + 1 }, (_, n) => first + n)
  }

  missing(from: number, to: number): number[] {
    return this.covering(from, to).filter((page) => !this.read.has(page) && (page === 0 || page * this.size < this.total))
  }

  put(page: number, total: number, rows: T[]): void {
    this.total = total
    this.read.set(page, rows)
  }

  /** Forgets every page but these: after a change only what is looked at is read again. */
  keepOnly(pages: number[]): void {
    for (const page of [...this.read.keys()]) if (!pages.includes(page)) this.read.delete(page)
  }

  /** The first row that fits, with its place, among those that were read. */
  find(fits: (row: T) => boolean): { index: number; row: T } | undefined {
    for (const [page, rows] of [...this.read].sort((a, b) => a[0] - b[0])) {
      const index = rows.findIndex(fits)
      if (index >= 0) return { index: page * this.size + index, row: rows[index]! }
    }
    return undefined
  }
}
