// Small conveniences on top of pages that work without them. No state, no framework.

/** Shows what is similar under a field while typing: `data-suggest` is an address that answers a list as HTML. */
function suggest(input: HTMLInputElement): void {
  const box = document.createElement('div')
  box.setAttribute('aria-live', 'polite')
  input.after(box)
  let timer = 0
  let last = ''
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(async () => {
      const text = input.value.trim()
      if (text === last) return
      last = text
      if (text.length < Number(input.dataset.suggestFrom ?? 8)) return box.replaceChildren()
      const address = new URL(input.dataset.suggest ?? '', location.href)
      address.searchParams.set('q', text)
      const answer = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => undefined)
      if (answer?.ok && input.value.trim() === text) box.innerHTML = await answer.text()
    }, 350)
  })
}

/** A tick in a facet applies at once; the button stays for everyone else. */
function autosubmit(form: HTMLFormElement): void {
  form.addEventListener('change', () => form.requestSubmit())
}

/** A slow form says that it is at work and cannot be sent twice. */
function busy(form: HTMLFormElement): void {
  form.addEventListener('submit', (event) => {
    if (form.ariaBusy === 'true') event.preventDefault()
    form.ariaBusy = 'true'
    window.setTimeout(() => (form.ariaBusy = null), 8000)
  })
}

/** A button that fills a field: `data-choose` is its name, `data-value` what to put in. */
function choose(event: MouseEvent): void {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-choose]') : null
  const field = button?.closest('form')?.elements.namedItem(button.dataset.choose ?? '')
  if (!button || !(field instanceof HTMLSelectElement || field instanceof HTMLInputElement)) return
  field.value = button.dataset.value ?? ''
  field.focus()
}

/** Brings a part of the page up to date every two seconds as long as it is marked; at the end the whole page comes anew. */
function live(part: HTMLElement): void {
  const tick = async () => {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => undefined)
    if (!answer?.ok) return void window.setTimeout(tick, 5000)
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(part.id)
    if (!fresh?.hasAttribute('data-live')) return location.reload()
    part.replaceChildren(...fresh.childNodes)
    window.setTimeout(tick, 2000)
  }
  window.setTimeout(tick, 2000)
}

for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) live(part)
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-suggest]')) suggest(input)
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosubmit]')) autosubmit(form)
for (const form of document.querySelectorAll<HTMLFormElement>('form[method="post"]')) busy(form)
document.addEventListener('click', choose)
document.querySelector<HTMLElement>('.al-errors')?.focus()
