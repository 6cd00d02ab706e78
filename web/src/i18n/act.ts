import { i18n } from '.'
import en from './act.en'
import zh from './act.zh-CN'

/** Words of Act: they come with that page, so that Watch stays small. */
i18n.global.mergeLocaleMessage('zh-CN', zh)
i18n.global.mergeLocaleMessage('en', en)
