import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/signin', component: () => import('./sign/SignIn.vue') },
    { path: '/password', component: () => import('./sign/Password.vue') },
    { path: '/warn', component: () => import('./warn/Warn.vue') },
    { path: '/foresee', component: () => import('./foresee/Foresee.vue') },
    { path: '/answer', component: () => import('./answer/Answer.vue') },
    { path: '/act/:item?', component: () => import('./act/Act.vue') },
    { path: '/watch', component: () => import('./watch/Watch.vue') },
    { path: '/stations/:id', component: () => import('./station/Station.vue') },
    { path: '/doors', component: () => import('./doors/Doors.vue') },
    { path: '/:rest(.*)*', redirect: '/watch' },
  ],
})
