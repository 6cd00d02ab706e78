import { ref, watchEffect } from 'vue'
import { isNight } from '@/watch/sun'
import { keep, kept } from './kept'

export type ThemeChoice = 'auto' | 'day' | 'night'

const CHOICES: ThemeChoice[] = ['auto', 'day', 'night']

const stored = kept('theme') as ThemeChoice
export const themeChoice = ref<ThemeChoice>(CHOICES.includes(stored) ? stored : 'auto')
export const theme = ref<'day' | 'night'>('day')

const settle = () => {
  const choice = themeChoice.value
  theme.value = choice === 'auto' ? (isNight(Date.now()) ? 'night' : 'day') : choice
  document.documentElement.dataset.theme = theme.value
}

export function nextTheme(): void {
  themeChoice.value = CHOICES[(CHOICES.indexOf(themeChoice.value) + 1) % CHOICES.length]!
  keep('theme', themeChoice.value)
}

/** Follows the choice, and the local sunset while it is automatic. */
export function startTheme(): void {
  watchEffect(settle)
  setInterval(settle, 60_000)
}
