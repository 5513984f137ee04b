import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch } from './browser.ts'
import type { Stage } from './journey/hub.ts'
import { openStage } from './journey/hub.ts'
import { generatedInput, realInput, serveFile } from './journey/input.ts'
import { lastPart, until, walkerFor } from './journey/walk.ts'
import type { Walker } from './journey/walk.ts'

const TITLE = 'Wie weit trägt Bildung bei Arbeit und Einkommen?'
const REGISTER = 'Erwerbstätige mit Bildung und Einkommen'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const walks = [
  { javaScript: false, input: realInput },
  { javaScript: true, input: realInput },
  { javaScript: false, input: generatedInput },
].map((walk) => ({
  ...walk,
  name: `${walk.input.name}, JavaScript ${walk.javaScript ? 'on' : 'off'} (needs ${walk.input.needs})`,
}))

for (const { javaScript, input, name } of walks)
  describe.skipIf(!input.present())(`the way of a question on ${name}`, () => {
    let stage: Stage
    let feed: Awaited<ReturnType<typeof serveFile>>
    const people: Partial<Record<'steward' | 'holder' | 'reviewer' | 'analyst' | 'association', Walker>> = {}
    const place = { number: '', agreement: '', room: '', query: '', release: '', answer: '' }
    const as = (part: keyof typeof people): Walker => people[part]!

    beforeAll(async () => {
      feed = await serveFile(input.catalogue())
      stage = await openStage({ ALLMENDE_FETCH_ALLOW: feed.host })
      for (const part of ['steward', 'holder', 'reviewer', 'analyst', 'association'] as const) {
        people[part] = await walkerFor(browser, stage, javaScript, part)
      }
    })
    afterAll(async () => {
      await stage?.close()
      await feed?.close()
    })

    it('a citizen asks without an account and confirms by mail', async () => {
      const citizen = await walkerFor(browser, stage, javaScript)
      await citizen.go('/')
      await citizen.page.locator('#ask').fill(TITLE)
      await citizen.press('Frage stellen')
      await citizen.fill({
        why: 'Löhne entscheiden darüber, wer sich das Wohnen leisten kann. Niemand weiß, wie weit Bildung trägt.',
        concerns: 'Erwerbstätige',
        place: 'ganz Auenstadt',
        effectGoal: 'Beratung zur Weiterbildung dort anbieten, wo sie am meisten hilft.',
        email: 'buergerin@example.org',
        signature: 'Eine Bürgerin',
      })
      await citizen.press('Frage stellen')
      await citizen.sees('Bitte sehen Sie in Ihr Postfach')
      await citizen.go(await mailLink(stage, 'buergerin@example.org', /\/identity\/confirm\/\S+/))
      await citizen.press(/./)
      expect(citizen.complaints).toEqual([])
    })

    it('the steward lets it in, others support it, it is taken up', async () => {
      const steward = as('steward')
      await until(steward, '/questions/moderation', TITLE)
      await steward.press('Freigeben')
      await steward.go('/questions')
      await steward.follow(TITLE)
      place.number = lastPart(steward.page)
      const association = as('association')
      await association.go(`/questions/${place.number}`)
      await association.press('Ich unterstütze die Frage')
      await association.sees(/unterstützt|unterstützen/)
      await steward.go(`/questions/${place.number}`)
      await steward.fill({ to: 'prioritised', note: 'Im Herbst auf Platz 1 gewählt.' }, '#weiter')
      await steward.press(/./, '#weiter')
      await steward.sees('Vorrang')
      expect(steward.complaints).toEqual([])
    })

    it('the steward harvests a catalogue over HTTP', async () => {
      const steward = as('steward')
      await steward.go('/catalogue/sources')
      await steward.fill({ url: feed.url, name: 'Nachbarstadt', organisationId: 'Statistikstelle' })
      await steward.press('Vorschau ansehen')
      await steward.sees(String(input.announced))
      await steward.press('Übernehmen')
      await until(steward, '/catalogue', new RegExp(`${input.datasets} Datensätze`), 90)
      expect(steward.complaints).toEqual([])
    })

    it('the holder describes a file of the town by dropping it, and her confidential register by hand', async () => {
      const holder = as('holder')
      await holder.go('/catalogue/drop')
      await holder.fill({ file: { file: input.cityFile() } })
      await holder.press('Beschreibung vorschlagen')
      await holder.sees(input.cityColumn)
      await holder.press('Eintragen')
      await holder.go('/catalogue/new')
      await holder.fill({
        title: REGISTER,
        description:
          'Je Mensch eine Zeile: Alter, Geschlecht, Bildung, Arbeit und Einkommensklasse. Vertraulich.',
        keywords: 'Einkommen, Bildung, Arbeit',
        access: 'sandbox',
        place: 'Auenstadt',
      })
      await holder.press('Eintragen')
      await holder.sees('Nur in der Sandbox')
      expect(holder.complaints).toEqual([])
    })

    it('the steward writes down the data needed and maps them', async () => {
      const steward = as('steward')
      await steward.go(`/questions/${place.number}`)
      await steward.follow(/Datenbedarf|Daten zuordnen|Datenlandkarte/)
      await steward.fill({ what: 'Bildung und Einkommen', unit: 'Mensch' }, '#add')
      await steward.press('Bedarf aufnehmen')
      await steward.sees(REGISTER)
      await steward.press('Nehmen')
      await steward.press('Datenlandkarte abschließen')
      await steward.go(`/questions/${place.number}`)
      await steward.sees(REGISTER)
      expect(steward.complaints).toEqual([])
    })

    it('holder and analyst agree and sign', async () => {
      const steward = as('steward')
      await steward.go(`/questions/${place.number}`)
      await steward.follow(/Vereinbarung/)
      await steward.fill({
        title: 'Bildung und Einkommen',
        purpose: 'Wir zählen, wie sich Einkommen nach Bildung unterscheiden. Für nichts anderes.',
        validFrom: day(0),
        validUntil: day(90),
      })
      await tick(steward, 'analysts', 'Hochschule')
      await steward.press('Entwurf anlegen')
      place.agreement = lastPart(steward.page)
      await steward.press('Den Parteien vorlegen')
      for (const part of ['holder', 'analyst'] as const) {
        await as(part).go(`/cooperation/agreements/${place.agreement}/sign`)
        await as(part).press('Verbindlich unterschreiben')
      }
      await until(as('analyst'), `/cooperation/agreements/${place.agreement}`, /in Kraft|gilt/)
      expect(steward.complaints).toEqual([])
    })

    it('the holder puts her register into the vault and settles what each column may do', async () => {
      const holder = as('holder')
      const door = holder.page.locator('main a[href*="/sandbox/workspaces/"]').first()
      for (let tries = 0; tries < 120 && (await door.count()) === 0; tries++) {
        await new Promise((later) => setTimeout(later, 500))
        await holder.go('/sandbox')
      }
      place.room = (await door.getAttribute('href')) ?? ''
      await holder.go(`${place.room}/upload`)
      await holder.fill({ file: { file: input.register() }, name: 'erwerbstaetige' })
      await holder.press('In den Tresor legen')
      await holder.fill({ rowUnit: 'person' })
      for (const [column, role] of Object.entries(columnRoles)) await settle(holder, column, role)
      await holder.press('Rollen bestätigen')
      await holder.sees('erwerbstaetige')
      expect(holder.complaints).toEqual([])
    })

    it('the analyst is refused once, then gets a protected table', async () => {
      const analyst = as('analyst')
      await analyst.go(place.room)
      await analyst.fill({ sql: 'SELECT age, COUNT(*) AS n FROM erwerbstaetige GROUP BY age' }, '#sqlf')
      await analyst.press('Ausrechnen', '#sqlf')
      await analyst.sees(/So geht es|nicht freigegeben|verborgen/)
      await analyst.go(place.room)
      await analyst.fill(
        {
          sql: 'SELECT education, salary_class, COUNT(*) AS menschen FROM erwerbstaetige GROUP BY education, salary_class',
        },
        '#sqlf',
      )
      await analyst.press('Ausrechnen', '#sqlf')
      await analyst.sees('Masters')
      place.query = new URL(analyst.page.url()).pathname
      await analyst.fill(
        { context: 'Für die Antwort auf die Frage und die Beratung zur Weiterbildung.' },
        '#rel',
      )
      await analyst.press('Freigabe beantragen')
      expect(analyst.complaints).toEqual([])
    })

    it('the reviewer of the holder releases it', async () => {
      const reviewer = as('reviewer')
      await until(reviewer, '/desk', 'Freigabe prüfen: Tabelle')
      await reviewer.go('/sandbox/releases')
      await reviewer.follow('Ansehen und entscheiden')
      place.release = new URL(reviewer.page.url()).pathname
      await reviewer.press('Freigeben')
      await reviewer.sees(/freigegeben/i)
      expect(reviewer.complaints).toEqual([])
    })

    it('analyst and steward publish the answer', async () => {
      const analyst = as('analyst')
      await until(analyst, `/questions/${place.number}`, /Antwort/)
      await analyst.go(`/answers/new?question=${place.number}`)
      await analyst.fill({
        title: 'Mit einem Masterabschluss verdienen deutlich mehr Menschen gut',
        finding: 'Je länger die Ausbildung, desto häufiger ist das Einkommen hoch.',
        method: 'Gezählt in der Sandbox, nach Bildung und Einkommensklasse.',
        limits: 'Die Daten sagen nichts über die Gründe.',
      })
      await analyst.page.locator('[name="releaseIds"]').first().check()
      await analyst.press('Entwurf speichern')
      const preview = new URL(analyst.page.url()).pathname
      place.answer = preview.replace('/preview', '')
      const steward = as('steward')
      await steward.go(preview)
      await steward.press('Verbindlich veröffentlichen')
      await until(as('association'), place.answer, 'Mit einem Masterabschluss')
      expect(steward.complaints).toEqual([])
    })

    it('everybody finds the table in the DCAT feed, downloads it, and the register is whole', async () => {
      const anyone = await walkerFor(browser, stage, javaScript)
      expect(await feedHas(`${stage.hub.url}/catalog.ttl`, 'Mit einem Masterabschluss')).toBe(true)
      await anyone.go(place.answer)
      const csv = await anyone.page.locator('a', { hasText: 'CSV' }).first().getAttribute('href')
      const table = await (await fetch(new URL(csv!, stage.hub.url))).text()
      expect(table).toContain('Masters')
      await anyone.go(`/questions/${place.number}`)
      await anyone.sees('Mit einem Masterabschluss')
      await anyone.go('/transparency/verify')
      await anyone.press('Jetzt prüfen')
      await anyone.sees('Die Kette ist lückenlos')
      expect(Object.values(people).flatMap((walker) => walker.complaints)).toEqual([])
      expect(stage.hub.output(), 'the hub logs no error').not.toContain('"level":50')
    })
  })

/** What the holder allows: sums by sex, education, work and income; age stays hidden. */
const columnRoles = {
  sex: 'dimension',
  age: 'hidden',
  education: 'dimension',
  workclass: 'dimension',
  salary_class: 'dimension',
}

async function settle(walker: Walker, column: string, role: string): Promise<void> {
  const name = await walker.page.locator(`input[name$=".name"][value="${column}"]`).getAttribute('name')
  await walker.page.locator(`select[name="${name?.replace('.name', '.role')}"]`).selectOption(role)
}

async function tick(walker: Walker, name: string, label: string): Promise<void> {
  await walker.page
    .getByRole('checkbox', { name: label })
    .and(walker.page.locator(`[name="${name}"]`))
    .check()
}

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

/** Pages through the DCAT feed as a harvester does, by `hydra:next`, until it says what is looked for. */
async function feedHas(first: string, words: string): Promise<boolean> {
  for (let url: string | undefined = first; url;) {
    const turtle = await (await fetch(url)).text()
    if (turtle.includes(words)) return true
    url = /hydra:next\s+<([^>]+)>/.exec(turtle)?.[1]
  }
  return false
}

async function mailLink(stage: Stage, to: string, pattern: RegExp): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const mail = stage.mails.findLast((each) => each.to.includes(to) && pattern.test(each.text))
    if (mail) return pattern.exec(mail.text)![0]
    await new Promise((later) => setTimeout(later, 250))
  }
  throw new Error(`no mail to ${to} with ${pattern}: ${JSON.stringify(stage.mails)}`)
}
