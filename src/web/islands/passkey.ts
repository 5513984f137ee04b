// Signing in with a passkey, or setting one up: the only page task that needs script, because only script reaches the device.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'

const base = '/api/auth/passkey'

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const post = { method: 'POST', headers, body: JSON.stringify(body) }
  const answer = await fetch(`${base}/${path}`, body === undefined ? {} : post)
  if (!answer.ok) throw new Error(answer.status === 401 || answer.status === 403 ? 'stale' : 'refused')
  return (await answer.json()) as T
}

async function signIn(): Promise<void> {
  type Options = Parameters<typeof startAuthentication>[0]['optionsJSON']
  const optionsJSON = await ask<Options>('generate-authenticate-options')
  await ask('verify-authentication', { response: await startAuthentication({ optionsJSON }) })
}

async function register(): Promise<void> {
  type Options = Parameters<typeof startRegistration>[0]['optionsJSON']
  const optionsJSON = await ask<Options>('generate-register-options')
  await ask('verify-registration', { response: await startRegistration({ optionsJSON }) })
}

/** Brings one button to life: `data-passkey` says what it does, `data-to` where to go, `data-failed`/`data-stale` what to say. */
function enliven(box: HTMLElement): void {
  const button = box.querySelector('button')
  const status = box.querySelector('[role=status]')
  if (!button || !status || !browserSupportsWebAuthn()) return
  box.querySelector('[data-passkey-hint]')?.remove()
  for (const hidden of box.querySelectorAll<HTMLElement>('[hidden]')) hidden.hidden = false
  button.addEventListener('click', async () => {
    button.disabled = true
    status.textContent = ''
    try {
      await (box.dataset.passkey === 'register' ? register() : signIn())
      location.assign(box.dataset.to ?? '/')
    } catch (error) {
      const isStale =
        error instanceof Error && error.message === 'stale' && box.dataset.passkey === 'register'
      status.textContent = (isStale ? box.dataset.stale : box.dataset.failed) ?? ''
      button.disabled = false
    }
  })
}

for (const box of document.querySelectorAll<HTMLElement>('[data-passkey]')) enliven(box)
