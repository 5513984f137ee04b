import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe, chromiumPath, launch, scrollsSideways } from '../browser.ts'
import { lastPart, walkerAt, type Walker } from '../journey/walk.ts'
import type { Person, Round, SandboxStage } from './stage.ts'
import { openSandboxStage } from './stage.ts'

const byStep = `SELECT k.stadtteil, w.stufe, COUNT(*) AS kinder
FROM kinder k JOIN waermekarte w ON k.baublock = w.baublock
GROUP BY k.stadtteil, w.stufe`

/** The same round in both languages. */
const words = {
  de: {
    prefix: '',
    put: 'In den Tresor legen',
    confirm: 'Rollen bestätigen',
    check: 'Prüfen ohne zu rechnen',
    run: 'Ausrechnen',
    admissible: 'So lässt sich fragen',
    expectation: 'Erwartung aus öffentlichen Angaben',
    protected: 'Diese Zahlen sind geschützt',
    noDownload: 'erst nach der Freigabe',
    refused: 'nicht freigegeben',
    differently: 'So fragen Sie es anders',
    howTo: 'So fragen Sie in der Sandbox',
    save: 'Abfrage aufheben',
    saveAgain: 'Noch einmal stellen',
    toPage: 'Ergebnis auf die Seite setzen',
    keepPage: 'Seite festhalten',
    request: 'Freigabe beantragen',
    changes: 'Um Änderung bitten',
    toRevise: 'Ansehen und ändern',
    revise: 'Geändert wieder einreichen',
    redact: 'Einzelne Zahlen schwärzen',
    redactDo: 'Schwärzung festhalten',
    blanked: 'geschwärzt',
    approve: 'Freigeben',
    agreed: 'zugestimmt',
    released: 'freigegeben',
    verified: 'Paket und Register stimmen überein',
  },
  en: {
    prefix: '/en',
    put: 'Put into the vault',
    confirm: 'Confirm the roles',
    check: 'Check without computing',
    run: 'Compute',
    admissible: 'This can be asked',
    expectation: 'Expectation from public facts',
    protected: 'These figures are protected',
    noDownload: 'only after its release',
    refused: 'not open',
    differently: 'How to ask it differently',
    howTo: 'How to ask in the sandbox',
    save: 'Keep the question',
    saveAgain: 'Ask again',
    toPage: 'Put the result on the page',
    keepPage: 'Keep the page',
    request: 'Request the release',
    changes: 'Ask for changes',
    toRevise: 'Look and change',
    revise: 'Send again with changes',
    redact: 'Blank single figures',
    redactDo: 'Keep what is blanked',
    blanked: 'blanked',
    approve: 'Release',
    agreed: 'agreed',
    released: 'released',
    verified: 'package and register agree',
  },
}

const rounds = [
  { language: 'de', javaScript: false },
  { language: 'en', javaScript: true },
] as const

let browser: Browser | undefined
let stage: SandboxStage
beforeAll(async () => {
  if (!chromiumPath) return
  browser = await launch()
  stage = await openSandboxStage(rounds.length)
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

/** A busy machine reads a file into the vault slowly. */
async function patient(arriving: Promise<Walker>): Promise<Walker> {
  const walker = await arriving
  walker.page.context().setDefaultTimeout(60_000)
  return walker
}

for (const [index, { language, javaScript }] of rounds.entries())
  describe.skipIf(!chromiumPath)(
    `the round in the sandbox, ${language}, JavaScript ${javaScript ? 'on' : 'off'}`,
    () => {
      const t = words[language]
      let round: Round
      const at = { query: '', release: '' }
      const walkers = {} as Record<Person, Walker>
      const room = (rest = '') => `${t.prefix}/sandbox/workspaces/${round.room}${rest}`
      /** Only where script runs can axe run. */
      const inspect = async (walker: Walker) => {
        if (!javaScript) return
        for (const width of [1280, 390]) {
          await walker.page.setViewportSize({ width, height: 900 })
          expect(await scrollsSideways(walker.page), `${walker.page.url()} at ${width} is too wide`).toBe(
            false,
          )
          expect(await axe(walker.page), `${walker.page.url()} at ${width}`).toEqual([])
        }
        await walker.page.setViewportSize({ width: 1280, height: 900 })
      }

      beforeAll(async () => {
        round = stage.rounds[index]!
        const parts = ['holder', 'reviewer', 'secondReviewer', 'analyst'] as const
        const arriving = parts.map(async (part) => {
          const link = round.links[part]
          walkers[part] = await patient(walkerAt(browser!, stage.hub.url, { javaScript, link }))
        })
        await Promise.all(arriving)
      })

      it('a holder uploads a file and settles what may be asked', async () => {
        const { holder } = walkers
        await holder.go(room('/upload'))
        await holder.fill({ file: { file: stage.file }, name: 'kinder', description: 'Eine Zeile je Kind.' })
        await holder.press(t.put)
        await holder.fill({
          'c0.role': 'unit',
          'c1.role': 'key',
          'c2.role': 'dimension',
          'c2.meaning': 'Stadtteil der Wohnung',
          'c2.domain': 'Altstadt\nHafen\nWeststadt\nNordhang\nSteinbruch',
          'c3.role': 'dimension',
          'c4.role': 'hidden',
          'c5.role': 'hidden',
          'c0.unitType': 'person',
        })
        await holder.press(t.confirm)
        await holder.go(room())
        await holder.sees('Stadtteil der Wohnung')
        await inspect(holder)
        expect(holder.complaints).toEqual([])
      })

      it('an analyst checks before computing, asks by form and in SQL, and is told how to ask what is refused', async () => {
        const { analyst } = walkers
        await analyst.go(room())
        const form = { measure: 'units:kinder:person', by: 'kinder.stadtteil' }
        await analyst.fill(form, '#ask')
        await analyst.press(t.check, '#ask')
        await analyst.sees(t.admissible)
        await analyst.sees(t.expectation)
        await analyst.fill({ ...form, show: 'bars', title: 'Wo Kinder wohnen' }, '#ask')
        await analyst.press(t.run, '#ask')
        for (const text of ['Wo Kinder wohnen', t.protected, t.noDownload]) await analyst.sees(text)
        await inspect(analyst)
        await analyst.go(room())
        await analyst.fill({ sql: 'SELECT strasse, COUNT(*) FROM kinder GROUP BY strasse' }, '#sqlf')
        await analyst.press(t.run, '#sqlf')
        await analyst.sees(t.refused)
        await analyst.page.locator('main a', { hasText: t.differently }).click()
        await analyst.sees(t.howTo)
        await inspect(analyst)
        await analyst.go(room())
        await analyst.fill({ sql: byStep, title: 'Kinder und Hitze' }, '#sqlf')
        await analyst.press(t.run, '#sqlf')
        await analyst.sees('Kinder und Hitze')
        at.query = lastPart(analyst.page)
        expect(analyst.complaints).toEqual([])
      })

      it('keeps the question, writes a page of steps and asks for the release', async () => {
        const { analyst } = walkers
        await analyst.press(t.save, '#save')
        await analyst.sees(t.saveAgain)
        await inspect(analyst)
        await analyst.go(`${t.prefix}/sandbox/queries/${at.query}`)
        await analyst.fill({ title: 'Weg zum Ergebnis' }, '#topage')
        await analyst.press(t.toPage, '#topage')
        await analyst.sees('Weg zum Ergebnis')
        await inspect(analyst)
        await analyst.go(`${t.prefix}/sandbox/notebooks/${lastPart(analyst.page)}/edit`)
        await analyst.fill({ 's0.text': 'Gezählt wurde **je Block**.' })
        await inspect(analyst)
        await analyst.press(t.keepPage)
        await analyst.sees('Gezählt wurde je Block.')
        await analyst.go(`${t.prefix}/sandbox/queries/${at.query}`)
        await analyst.fill({ context: 'Für die Vorlage im Rat: Kinder in heißen Straßen.' }, '#rel')
        await analyst.press(t.request, '#rel')
        at.release = lastPart(analyst.page)
        await inspect(analyst)
        expect(analyst.complaints).toEqual([])
      })

      it('two reviewers decide: one asks for changes and then agrees, one blanks a figure', async () => {
        const { reviewer, secondReviewer, analyst } = walkers
        const release = `${t.prefix}/sandbox/releases/${at.release}`
        await secondReviewer.go(release)
        await secondReviewer.fill({ reason: 'Bitte schreiben Sie dazu, wer die Tabelle bekommt.' })
        await secondReviewer.press(t.changes)
        await analyst.go(`${t.prefix}/sandbox/releases`)
        await analyst.follow(t.toRevise)
        await analyst.fill({ context: 'Für die Vorlage im Rat; sie bekommt der Jugendhilfeausschuss.' })
        await inspect(analyst)
        await analyst.press(t.revise)
        await reviewer.go(release)
        await reviewer.follow(t.redact)
        await reviewer.page.locator('main [name="cell"]').first().check()
        await inspect(reviewer)
        await reviewer.press(t.redactDo)
        await reviewer.sees(t.blanked)
        await reviewer.press(t.approve)
        await reviewer.sees(t.agreed)
        await secondReviewer.go(release)
        await inspect(secondReviewer)
        await secondReviewer.press(t.approve)
        await secondReviewer.sees(t.released)
        for (const each of [reviewer, secondReviewer]) expect(each.complaints).toEqual([])
      })

      it('everybody can check that the package is what was released', async () => {
        const visitor = await walkerAt(browser!, stage.hub.url, { javaScript })
        await visitor.go(`${t.prefix}/sandbox/releases/${at.release}`)
        for (const text of [t.verified, t.blanked]) await visitor.sees(text)
        await inspect(visitor)
        const csv = await visitor.page.request.get(`/sandbox/releases/${at.release}/table.csv`)
        expect((await csv.text()).split('\r\n')[0]).toBe('stadtteil;stufe;kinder')
        expect(visitor.complaints).toEqual([])
      })
    },
  )
