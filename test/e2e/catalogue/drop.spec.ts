import { existsSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDcatFile } from '../../../src/catalogue/dcat/read.ts'
import { checkRecord } from '../../../src/catalogue/quality/check.ts'
import { axe, chromiumPath, launch, scrollsSideways } from '../browser.ts'
import { openStage } from '../journey/hub.ts'
import { walkerFor } from '../journey/walk.ts'
import type { Walker } from '../journey/walk.ts'

const real = resolve('../shared/fixtures/cities/muenster-od-ms/data/awm-glascontainer.csv')

/** A real list of a city, or one of our own in its form where the folder of real files is missing. */
async function cityFile(): Promise<string> {
  if (existsSync(real)) return real
  const file = join(await mkdtemp(join(tmpdir(), 'allmende-drop-')), 'glascontainer.csv')
  const rows = Array.from(
    { length: 40 },
    (_, n) => `Platz ${n};${(51.9 + n / 1000).toFixed(4)};${(7.6 + n / 1000).toFixed(4)}`,
  )
  await writeFile(file, `Standort;Breite;Länge\n${rows.join('\n')}\n`)
  return file
}

/** What breaks a rule of DCAT-AP.de in the entry as everybody gets it, without an account. */
async function faultsOf(address: string): Promise<readonly string[]> {
  const answer = await fetch(address)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const { records } = await readDcatFile(bytes, { contentType: 'text/turtle' })
  if (records.length !== 1) return [`${records.length} datasets at ${address}`]
  const { findings } = checkRecord(records[0]!.record)
  return findings.filter((each) => each.severity === 'error').map((each) => each.code)
}

describe.skipIf(!chromiumPath)('a clerk drops a file', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  /** Accessible and not wider than the window, on a wide screen and a phone. */
  async function isSound(clerk: Walker): Promise<void> {
    for (const width of [390, 1280]) {
      await clerk.page.setViewportSize({ width, height: 900 })
      expect(await scrollsSideways(clerk.page), `${clerk.page.url()} at ${width}`).toBe(false)
      expect(await axe(clerk.page), `${clerk.page.url()} at ${width}`).toEqual([])
    }
  }

  for (const javaScript of [false, true])
    it(`and has a published, valid entry in less than ten clicks, JavaScript ${javaScript ? 'on' : 'off'}`, async () => {
      const stage = await openStage({})
      try {
        const file = await cityFile()
        const clerk = await walkerFor(browser, stage, javaScript, 'holder')
        let clicks = 0
        const click = async (act: Promise<unknown>) => {
          clicks++
          await act
        }
        await clerk.go('/desk')
        await click(clerk.follow('Datei beschreiben lassen'))
        await click(clerk.fill({ file: { file } }))
        await click(clerk.page.locator('main input[name=publish]').check())
        await click(clerk.press('Beschreibung vorschlagen'))
        await clerk.sees('Stimmt die Beschreibung?')
        if (javaScript) await isSound(clerk)
        await click(clerk.page.locator('main select[name=licence]').selectOption({ index: 1 }))
        await click(clerk.press('Eintragen'))
        const address = clerk.page.url()
        expect(address).toMatch(/\/catalogue\/datasets\/[0-9a-f-]{36}$/)
        expect(clicks).toBeLessThan(10)
        if (javaScript) await isSound(clerk)
        expect(await faultsOf(`${address}.ttl`)).toEqual([])
        expect(clerk.complaints).toEqual([])
      } finally {
        await stage.close()
      }
    })
})
