import { i18n } from '.'
import en from './desk.en'
import zh from './desk.zh-CN'

/** Words of Warn and of the page of a station: they come with those pages, so that Watch stays small. */
i18n.global.mergeLocaleMessage('zh-CN', zh)
i18n.global.mergeLocaleMessage('en', en)
