// What a person enters on his own page is kept on his telephone (离线暂存) until the duty room has said what became of it. Each thing
// has a key, made once when it is entered: however often it is sent, the room counts it once. Without this script, or where the
// telephone keeps nothing, the page's plain forms work as they are.
(function () {
  'use strict'
  var box = document.getElementById('kept')
  if (!box || !window.indexedDB || !window.fetch || !window.FormData || !window.Promise || !window.crypto) return

  const words = box.dataset
  const here = location.pathname
  const query = /[?&]lang=en\b/.test(location.search) ? '?lang=en' : ''
  const RETRY_S = [2, 4, 8, 15, 30, 60, 120]
  const PATIENCE_MS = 20000
  const SLOWEST_BYTES_PER_MS = 4
  const SENT = 'jiaoying-sent'
  let pressed
  let sending = false
  let tries = 0
  let timer

  // ---- what is kept

  let opened
  function base() {
    opened = opened || new Promise((ok, no) => {
      const asked = indexedDB.open('jiaoying', 1)
      asked.onupgradeneeded = () => asked.result.createObjectStore('kept', { keyPath: 'key' })
      asked.onsuccess = () => ok(asked.result)
      asked.onerror = () => no(asked.error)
    })
    return opened
  }

  function ask(mode, what) {
    return base().then((db) => new Promise((ok, no) => {
      const change = db.transaction('kept', mode)
      const reply = what(change.objectStore('kept'))
      change.oncomplete = () => ok(reply.result)
      change.onerror = change.onabort = () => no(change.error)
    }))
  }

  const list = () => ask('readonly', (store) => store.getAll()).then((all) => all.sort((a, b) => a.at - b.at))
  const put = (entry) => ask('readwrite', (store) => store.put(entry))
  const drop = (key) => ask('readwrite', (store) => store.delete(key))

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    return Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('')
  }

  const value = (entry, name) => (entry.fields.find((field) => field[0] === name) || ['', ''])[1]
  const kind = (read) => ['act', 'item', 'step', 'signal'].map(read).join(' ')

  /** What the person sees of what he entered: the words beside each field, and its value. */
  function shown(form) {
    const rows = []
    for (const label of form.querySelectorAll('label')) {
      const field = label.querySelector('input:not([type=file]),textarea,select')
      if (!field || (field.type === 'checkbox' && !field.checked)) continue
      const name = (label.firstChild.nodeType === 3 ? label.firstChild : label).textContent.trim() || label.textContent.trim()
      rows.push([name, field.type === 'checkbox' ? '✓' : field.tagName === 'SELECT' ? field.selectedOptions[0].text : field.value])
    }
    return rows
  }

  async function keep(form, button) {
    const entry = {
      key: newKey(), at: Date.now(), path: here, query, state: 'waiting', say: '',
      what: button.textContent.trim(), title: ((form.closest('article') || document).querySelector('h3,h1') || {}).textContent || '',
      shown: shown(form), fields: [], files: [],
    }
    for (const [name, content] of new FormData(form)) {
      if (typeof content === 'string') entry.fields.push([name, content])
      else if (content.size) entry.files.push({ name, file: content.name, type: content.type, bytes: await new Response(content).arrayBuffer() })
    }
    if (button.name) entry.fields.push([button.name, button.value])
    await put(entry)
    if (form.dataset.instead) await drop(form.dataset.instead)
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {})
  }

  /** The telephone keeps nothing: the form goes its plain way. */
  function plain(form, button) {
    if (button.name) {
      const field = document.createElement('input')
      field.type = 'hidden'
      field.name = button.name
      field.value = button.value
      form.appendChild(field)
    }
    form.submit()
  }

  // ---- sending

  async function sendOne(entry) {
    const body = new FormData()
    entry.fields.forEach((field) => body.append(field[0], field[1]))
    entry.files.forEach((file) => body.append(file.name, new Blob([file.bytes], { type: file.type }), file.file))
    const age_s = Math.max(0, Math.round((Date.now() - entry.at) / 1000))
    const bytes = entry.files.reduce((sum, file) => sum + file.bytes.byteLength, 0)
    const stop = window.AbortController ? new AbortController() : { abort() {} }
    const patience = setTimeout(() => stop.abort(), PATIENCE_MS + bytes / SLOWEST_BYTES_PER_MS)
    try {
      const reply = await fetch(entry.path + entry.query, {
        method: 'POST', body, signal: stop.signal, headers: { Accept: 'application/json', 'Entry-Key': entry.key, 'Entry-Age': String(age_s) },
      })
      const said = await reply.json()
      if (reply.status === 200 && said.state === 'done') return 'done'
      if (reply.status < 400 || reply.status >= 500 || reply.status === 429) return 'later'
      entry.say = said.say || (said.error && said.error.what) || words.refused
      return 'refused'
    } catch (e) {
      return 'later'
    } finally {
      clearTimeout(patience)
    }
  }

  /** One after the other, in the order in which they were entered; what the network does not take is tried again. */
  async function send() {
    if (sending) return
    sending = true
    clearTimeout(timer)
    let mine = 0
    try {
      for (const entry of await list()) {
        if (entry.state !== 'waiting') continue
        const how = await sendOne(entry)
        if (how === 'later') {
          timer = setTimeout(send, RETRY_S[Math.min(tries++, RETRY_S.length - 1)] * 1000 * (0.7 + 0.6 * Math.random()))
          break
        }
        tries = 0
        if (how === 'done') {
          await drop(entry.key)
          mine += entry.path === here
        } else {
          entry.state = 'refused'
          await put(entry)
        }
      }
    } finally {
      sending = false
    }
    if (mine) sent(mine)
    await show()
  }

  function retry() {
    tries = 0
    send()
  }

  /** The page comes again as the room has it now, unless the person is writing on it. */
  function sent(count) {
    try {
      sessionStorage.setItem(SENT, clock(Date.now()) + ' ' + count)
    } catch (e) {}
    if (!document.querySelector('form[data-written]')) location.replace(here + query)
  }

  // ---- what the person sees

  const two = (n) => (n < 10 ? '0' : '') + n
  const clock = (at) => two(new Date(at).getHours()) + ':' + two(new Date(at).getMinutes())
  const filled = (text, ...values) => text.replace(/\{(\d)\}/g, (_, n) => values[n])

  function add(to, tag, text, kindOf) {
    const made = document.createElement(tag)
    if (text) made.textContent = text
    if (kindOf) made.className = kindOf
    to.appendChild(made)
    return made
  }

  function button(to, text, act) {
    const made = add(to, 'button', text)
    made.type = 'button'
    made.addEventListener('click', act)
  }

  function row(entry, form) {
    const part = add(box, 'article')
    add(part, 'h3', entry.title)
    add(part, 'p', filled(words.entered, entry.what, clock(entry.at)))
    entry.shown.filter((one) => one[1]).forEach((one) => add(part, 'p', one[0] + (query ? ': ' : '：') + one[1], 'quiet'))
    if (entry.files.length) add(part, 'p', filled(words.photos, entry.files.length), 'quiet')
    if (entry.state !== 'refused') return
    add(part, 'p', entry.say, 'late')
    if (form && form.querySelector('input:not([type=hidden]),textarea,select')) button(part, words.edit, () => back(entry, form))
    button(part, words.again, () => put(Object.assign(entry, { state: 'waiting' })).then(retry))
    button(part, words.drop, () => confirm(words.sure) && drop(entry.key).then(show))
  }

  /** What was refused goes back into its form, photos too where the browser allows it. */
  function back(entry, form) {
    entry.fields.forEach((field) => {
      const input = form.elements.namedItem(field[0])
      if (input && input.type === 'checkbox') input.checked = true
      else if (input && input.type !== 'hidden' && input.tagName !== 'BUTTON') input.value = field[1]
    })
    entry.files.forEach((file) => {
      try {
        const files = new DataTransfer()
        files.items.add(new File([file.bytes], file.file, { type: file.type }))
        form.elements.namedItem(file.name).files = files.files
      } catch (e) {}
    })
    form.dataset.instead = entry.key
    if (form.closest('details')) form.closest('details').open = true
    form.scrollIntoView()
  }

  const formOf = (entry) =>
    Array.from(document.forms).find((form) => formKinds(form).includes(kind((name) => value(entry, name))))

  /** A form has as many kinds as it has buttons. */
  function formKinds(form) {
    const field = (name) => (form.querySelector('input[type=hidden][name=' + name + ']') || { value: '' }).value
    return Array.from(form.querySelectorAll('button[name=act]'), (one) => kind((name) => (name === 'act' ? one.value : field(name))))
  }

  async function show() {
    const all = await list()
    const mine = all.filter((entry) => entry.path === here)
    const waiting = all.filter((entry) => entry.state === 'waiting')
    box.textContent = ''
    if (document.documentElement.dataset.kept) add(box, 'p', words.old, 'state')
    let note = ''
    try {
      note = sessionStorage.getItem(SENT) || ''
    } catch (e) {}
    if (waiting.length) add(box, 'p', filled(words.waiting, waiting.length), 'state').setAttribute('role', 'status')
    else if (note) add(box, 'p', filled(words.sent, ...note.split(' '))).setAttribute('role', 'status')
    mine.forEach((entry) => row(entry, formOf(entry)))
    box.hidden = !box.firstChild
    document.querySelectorAll('button[data-text]').forEach((one) => {
      one.disabled = false
      one.textContent = one.dataset.text
      delete one.dataset.text
    })
    waiting.filter((entry) => entry.path === here).forEach((entry) => {
      const form = formOf(entry)
      const one = form && form.querySelector('button[value="' + value(entry, 'act') + '"]')
      if (!one || one.dataset.text) return
      one.dataset.text = one.textContent
      one.textContent = words.kept
      one.disabled = true
    })
  }

  document.addEventListener('click', (event) => {
    const one = event.target.closest && event.target.closest('button')
    if (one && one.form) pressed = one
  })
  document.addEventListener('input', (event) => {
    if (event.target.form) event.target.form.dataset.written = 'true'
  })
  document.addEventListener('submit', (event) => {
    const form = event.target
    const one = event.submitter || pressed || form.querySelector('button')
    event.preventDefault()
    if (form.dataset.keeping) return
    form.dataset.keeping = 'true'
    keep(form, one)
      .then(
        () => {
          delete form.dataset.written
          return show().then(retry)
        },
        () => plain(form, one),
      )
      .then(() => delete form.dataset.keeping)
  })
  window.addEventListener('online', retry)
  window.addEventListener('pageshow', retry)
  document.addEventListener('visibilitychange', () => document.hidden || retry())
  show()

  // Opened again without a network, the page is the one that was seen last; only this one page, and only where the browser allows it.
  async function keepPage() {
    await navigator.serviceWorker.register(words.worker, { scope: here })
    await navigator.serviceWorker.ready
    const pages = await caches.open(location.origin + here)
    if (!(await pages.match(location.href))) await pages.add(location.href)
  }
  if (navigator.serviceWorker && window.caches && !document.documentElement.dataset.kept) keepPage().catch(() => {})
})()
