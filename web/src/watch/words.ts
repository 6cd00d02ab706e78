import { useI18n } from 'vue-i18n'
import type { Basis } from '@/api/types'
import { beijing, clockTime } from '@/live/clock'

/** Words made from numbers, in the language of the screen. */
export function useWords() {
  const { t, tm } = useI18n()

  function age(seconds: number): string {
    if (seconds < 90) return t('age.seconds', { n: Math.round(seconds) })
    if (seconds < 90 * 60) return t('age.minutes', { n: Math.round(seconds / 60) })
    return t('age.hours', { n: (seconds / 3600).toFixed(1) })
  }

  function date(epochMs: number): string {
    const parts = beijing(epochMs)
    const weekday = (tm('weekday') as string[])[parts.weekday] ?? ''
    return t('date', { month: parts.month, day: parts.day, weekday })
  }

  const mm = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : value.toFixed(1))

  /** A word of the catalogue, or the word itself when the catalogue does not have it. */
  function word(group: string, key: string): string {
    const found = (tm(group) as Record<string, string>)[key]
    return typeof found === 'string' ? found : key
  }

  /** What was measured: rain over its window, a level or depth as it stands, or its rise. */
  function basis(of: Basis): string {
    const how = of.quantity === 'rain' ? 'signals.basisRain' : of.window_h ? 'signals.basisRise' : 'signals.basisStands'
    const depth = of.quantity === 'depth'
    const value = depth ? (of.value / 10).toFixed(1) : of.value.toFixed(of.unit === 'm' ? 2 : 1)
    const unit = depth ? 'cm' : of.unit
    return t(how, { station: of.station_name, window: of.window_h, value, unit, time: clockTime(of.at) })
  }

  return { age, basis, date, mm, word }
}
