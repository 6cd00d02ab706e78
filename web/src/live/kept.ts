/** Small choices of this desk: language, theme. A browser that keeps nothing is fine. */
export function kept(name: string): string {
  try {
    return localStorage.getItem('jiaoying.' + name) ?? ''
  } catch {
    return ''
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem('jiaoying.' + name, value)
  } catch {
    // private mode
  }
}
