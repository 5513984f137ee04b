import { describe, expect, it } from 'vitest'
import { getPage } from '../../formats/format.ts'
import { formatFor } from '../../formats/registry.ts'
import { prepare } from './prepare.ts'

const request = getPage('https://ckan.example/api/3/action/package_search', 'application/json')

async function prepareCkan(extra: object) {
  const named = { id: 'a1', name: 'baeume', title: 'Bäume', notes: 'Alle Bäume', ...extra }
  const body = { success: true, result: { count: 1, results: [named] } }
  const bytes = Buffer.from(JSON.stringify(body))
  const context = { request, contentType: 'application/json', filename: null }
  const page = await formatFor('ckan')!.readPage(bytes, context)
  const size = page.items[0]!.raw().length
  return prepare(page.items[0]!, 0, { holderName: 'Amt', now: new Date(0), size })
}

const tags = (n: number) => Array.from({ length: n }, (_, at) => ({ name: `wort${at}` }))
const files = (n: number) => Array.from({ length: n }, (_, at) => ({ url: `https://ckan.example/${at}.csv` }))

describe('preparing a record', () => {
  it('takes one within the limits', async () => {
    const prepared = await prepareCkan({ tags: tags(500), resources: files(20) })
    expect(prepared).toMatchObject({ ready: { index: 0 } })
  })

  it.each([
    ['too-many-keywords', { tags: tags(501) }],
    ['too-many-distributions', { resources: files(1001) }],
    ['too-large', { notes: 'Wort '.repeat(250_000) }],
  ])('sets one aside whole instead of cutting it: %s', async (code, extra) => {
    const prepared = await prepareCkan(extra)
    expect(prepared).toMatchObject({ aside: { fault: { code } } })
    const raw = 'aside' in prepared ? prepared.aside : undefined
    expect(raw!.rawSize).toBeGreaterThanOrEqual(JSON.stringify(extra).length - 2)
  })
})
