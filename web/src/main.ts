import './style/base.css'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n'
import { startTheme } from './live/theme'
import { router } from './router'

startTheme()
createApp(App).use(router).use(i18n).mount('#app')
