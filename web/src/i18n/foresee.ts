import { i18n } from '.'
import en from './foresee.en'
import zh from './foresee.zh-CN'

/** Words of Foresee: they come with that page. */
i18n.global.mergeLocaleMessage('zh-CN', zh)
i18n.global.mergeLocaleMessage('en', en)
