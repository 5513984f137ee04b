import type { Hub } from './hub.ts'
import { demoPeople, fillDemo } from './home/demo/story.ts'

/** Fills the demo town on the first start of a demo, and says who to sign in as; does nothing on a real hub. */
export async function fillDemoIfAsked(hub: Hub, note: (line: string) => void): Promise<void> {
  if (!hub.config.demo) return
  await fillDemo({ makeCtx: hub.makeCtx, drain: hub.drain, note })
}

/** What a newcomer reads in the terminal once the demo answers: address, people to sign in as, what to try first. */
export async function introduceDemo(hub: Hub, out: (line: string) => void): Promise<void> {
  if (!hub.config.demo) return
  const { url } = hub.config
  out('')
  out(`Auenstadt läuft / is running:  ${url}   (English: ${url}/en)`)
  out('')
  out('Zuerst ansehen / try first:')
  out(`  Antwort / an answer        ${url}/answers`)
  out(`  Fragen / questions         ${url}/questions`)
  out(`  Register                   ${url}/transparency`)
  out('')
  out('Anmelden als (Link gilt einmal) / sign in as (link works once):')
  for (const person of await demoPeople(hub.makeCtx())) {
    out(`  ${person.name.padEnd(24)} ${person.does}`)
    out(`    ${new URL(person.href, url).href}`)
  }
  out('')
  out('Mails der Demo stehen im Postausgang / mails of the demo: ' + `${url}/operator/outbox`)
  out('Beenden / stop: Ctrl+C. Neu beginnen / start over: script/demo --fresh')
}
