import { createI18n } from 'vue-i18n'
import { speak } from '@/api/http'
import { keep, kept } from '@/live/kept'
import en from './en'
import zh from './zh-CN'

export type Locale = 'zh-CN' | 'en'

const start = chosen([kept('language'), ...navigator.languages])

/** The first language wished for that there are texts in. */
export function chosen(wished: readonly string[]): Locale {
  return wished.map(found).find((locale) => locale !== undefined) ?? 'zh-CN'
}

function found(language: string): Locale | undefined {
  return /^zh\b/i.test(language) ? 'zh-CN' : /^en\b/i.test(language) ? 'en' : undefined
}

export const i18n = createI18n({
  legacy: false,
  locale: start,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh, en },
})

export function setLocale(locale: Locale): void {
  speak(locale)
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
  keep('language', locale)
}

document.documentElement.lang = start
speak(start)
