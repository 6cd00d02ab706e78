import { createI18n } from 'vue-i18n'
import { speak } from '@/api/http'
import { keep, kept } from '@/live/kept'
import en from './en'
import zh from './zh-CN'

export type Locale = 'zh-CN' | 'en'

const start: Locale = kept('language') === 'en' ? 'en' : 'zh-CN'

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
