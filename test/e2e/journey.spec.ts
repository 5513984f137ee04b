import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch } from './browser.ts'
import type { Stage } from './journey/hub.ts'
import { openStage } from './journey/hub.ts'
import { lastPart, until, walkerFor } from './journey/walk.ts'
import type { Walker } from './journey/walk.ts'

const TITLE = 'Wer verdient in unserer Stadt über 50 000 Dollar im Jahr?'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

describe.each([{ javaScript: false }, { javaScript: true }])('the way of a question, JavaScript $javaScript', ({ javaScript }) => {
  let stage: Stage
  let steward: Walker
  let number = ''
  beforeAll(async () => {
    stage = await openStage({})
    steward = await walkerFor(browser, stage, javaScript, 'steward')
  })
  afterAll(() => stage.close())

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
    await until(citizen, '/questions/check-mail', /E.Mail/)
    const link = await mailLink(stage, 'buergerin@example.org', /\/identity\/confirm\/\S+/)
    await citizen.go(link)
    await citizen.press(/bestätigen|Frage/i)
    expect(citizen.complaints).toEqual([])
  })

  it('the steward lets it in and takes it up', async () => {
    await until(steward, '/questions/moderation', TITLE)
    await steward.press('Freigeben')
    await steward.go('/questions')
    await steward.follow(TITLE)
    number = lastPart(steward.page)
    await steward.press('Weiter', '#weiter')
  })
})

async function mailLink(stage: Stage, to: string, pattern: RegExp): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const mail = stage.mails.findLast((each) => each.to.includes(to) && pattern.test(each.text))
    if (mail) return pattern.exec(mail.text)![0]
    await new Promise((later) => setTimeout(later, 250))
  }
  throw new Error(`no mail to ${to} with ${pattern}: ${JSON.stringify(stage.mails)}`)
}
