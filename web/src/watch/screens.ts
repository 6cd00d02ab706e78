/** The screens there are, by their number keys; the words are those of the head. A screen appears here when it works. */
export const SCREENS: readonly { key: string; path: string; word: string }[] = [
  { key: '1', path: '/watch', word: 'watch' },
  { key: '2', path: '/warn', word: 'warn' },
  { key: '3', path: '/answer', word: 'answer' },
  { key: '4', path: '/act', word: 'act' },
  { key: '5', path: '/foresee', word: 'foresee' },
  { key: '7', path: '/doors', word: 'doors' },
]

/** Where a number key leads; nowhere from the screen that is shown. */
export function screenOf(key: string, here: string): string | undefined {
  const path = SCREENS.find((screen) => screen.key === key)?.path
  return path === here ? undefined : path
}
