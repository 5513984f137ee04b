import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createCast,
  dayFromNow,
  proposed,
  signed,
  type Cast,
} from '../../test/fixtures/cooperation/agreement.ts'
import { createWorld, permissionMatrix, type World } from '../../test/harness.ts'
import { addNeed, mapNeed } from '../catalogue/service.ts'
import { sha256Hex } from '../platform/canonical.ts'
import { policy } from './policy.ts'
import * as service from './service.ts'
import type { Agreement } from './model.ts'

let world: World
let cast: Cast
let open: Agreement
beforeAll(async () => {
  world = await createWorld()
  cast = await createCast(world)
  open = await proposed(cast)
})
afterAll(() => world.close())

const at = (id: string, rest = '') => `/cooperation/agreements/${id}${rest}`

describe('pages', () => {
  it('reads for everybody, in German and English', async () => {
    for (const [path, words] of [
      ['/cooperation', 'Hitze und kleine Kinder'],
      ['/cooperation/charter', 'Gemeint ist'],
      [at(open.id), 'Wartet auf 2 Unterschriften'],
      [`/en${at(open.id)}`, 'Waiting for 2 signatures'],
      [at(open.id, '/diff'), 'keinen Unterschied'],
    ] as const) {
      const response = await world.anonymous.get(path)
      expect([path, response.status]).toEqual([path, 200])
      const html = await response.text()
      expect(html).toContain(words)
      expect(html.match(/<h1/g)).toHaveLength(1)
    }
  })

  it('answers unknown and hostile addresses with a clear page', async () => {
    for (const id of [
      'nichts',
      '%00',
      "'; drop table cooperation_agreement; --",
      '018f0000-0000-7000-8000-000000000000',
    ])
      expect((await world.anonymous.get(at(encodeURIComponent(id)))).status).toBe(404)
    expect((await world.anonymous.get('/cooperation?state=quatsch&cursor=%27')).status).toBe(200)
    expect((await world.anonymous.get(at('nichts.pdf'))).status).toBe(404)
  })

  it('shows a typed title as text, never as markup', async () => {
    const evil = await proposed(cast, { title: '<script>alert(1)</script>' })
    const html = await (await world.anonymous.get(at(evil.id))).text()
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('&lt;script&gt;')
  })

  it('walks from the confirmation to the signature, once: the same form sent again is refused', async () => {
    const { id } = await proposed(cast)
    const step = await (await cast.holder.get(at(id, '/sign'))).text()
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(step)?.[1] ?? ''
    const form = { _once: field('_once'), hash: field('hash'), organisationId: field('organisationId') }
    expect(form.organisationId).toBe(cast.holder.organisationId)
    expect((await cast.holder.post(at(id, '/sign'), form)).status).toBe(303)
    const again = await cast.holder.post(at(id, '/sign'), form)
    expect(again.status).toBe(409)
    expect((await service.getAgreement(world.system, id)).signatures).toHaveLength(1)
  })

  it('shows a change with ins and del and voids the signature', async () => {
    const { id } = await proposed(cast, { title: 'Mit Änderung' })
    await service.signAgreement(cast.analyst.ctx, {
      agreementId: id,
      organisationId: cast.analyst.organisationId,
    })
    const edit = await cast.holder.get(at(id, '/edit?clause=output'))
    expect(await edit.text()).toContain('{minimum}')
    const sent = await cast.holder.post(at(id, '/edit'), {
      clause: 'output',
      protectionLevel: 'high',
      reason: 'Sicherer.',
    })
    expect(sent.headers.get('location')).toBe(at(id, '#klausel-output'))
    const html = await (await cast.holder.get(at(id))).text()
    expect(html).toMatch(/<del>10<\/del><ins>20<\/ins>/)
    expect(html).toContain('Frühere Unterschriften')
    expect(await (await world.anonymous.get(at(id, '/diff?from=1'))).text()).toContain('<ins>20</ins>')
  })

  it('shows a bad form again with what was typed', async () => {
    const response = await cast.holder.post(at(open.id, '/withdraw'), { reason: 'kurz' })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('>kurz</textarea>')
    expect((await service.getAgreement(world.system, open.id)).state).toBe('proposed')
  })

  it('drafts from the data mapped to a question', async () => {
    const need = await addNeed(cast.steward.ctx, {
      questionId: cast.questionId,
      what: 'Kinder nach Wohnort',
    } as Parameters<typeof addNeed>[1])
    await mapNeed(cast.steward.ctx, { needId: need.id, entryId: cast.entryId } as Parameters<
      typeof mapNeed
    >[1])
    const page = await (
      await cast.steward.get(`/cooperation/agreements/new?question=${cast.questionId}`)
    ).text()
    expect(page).toContain('Kinder nach Baublock')
    const sent = await cast.steward.post('/cooperation/agreements', {
      questionId: cast.questionId,
      title: 'Aus dem Formular',
      purpose: 'Herausfinden, wo Schatten fehlt',
      entryIds: cast.entryId,
      analysts: cast.analyst.organisationId,
      legalBasis: 'research',
      protectionLevel: 'raised',
      validFrom: dayFromNow(0),
      validUntil: dayFromNow(20),
    })
    expect(sent.status).toBe(303)
    const id = sent.headers.get('location')?.split('/').at(-1) ?? ''
    expect(await service.getAgreement(cast.holder.ctx, id)).toMatchObject({
      state: 'draft',
      parties: [{ part: 'holder' }, { part: 'analyst' }],
    })
    const bad = await cast.steward.post('/cooperation/agreements', {
      questionId: cast.questionId,
      title: 'x',
    })
    expect(bad.status).toBe(422)
  })
})

describe('files', () => {
  it('prints a tagged PDF in German with all clauses and signatures', async () => {
    const { id, hash } = await signed(cast)
    const response = await world.anonymous.get(at(`${id}.pdf`))
    expect(response.headers.get('content-type')).toBe('application/pdf')
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = bytes.toString('latin1')
    expect(text.startsWith('%PDF-1.7')).toBe(true)
    expect(text).toContain('/StructTreeRoot')
    expect(text).toContain('/Marked true')
    expect(text).toContain('de-DE')
    expect(text.match(/\/S \/H2/g)).toHaveLength(12)
    expect(text).toContain('/S /H1')
    expect(text).toContain('pdfuaid')
    expect(hash).toHaveLength(64)
  })

  it('offers the policy as JSON-LD and the text whose checksum is signed', async () => {
    const { id, hash } = await signed(cast)
    const policyFile = await world.anonymous.get(at(`${id}.odrl.jsonld`))
    expect(policyFile.headers.get('content-type')).toContain('application/ld+json')
    expect(await policyFile.json()).toMatchObject({ type: 'odrl:Agreement', profile: 'urn:allmende:odrl:1' })
    const text = await (await world.anonymous.get(at(`${id}.text.json`))).text()
    expect(sha256Hex(text)).toBe(hash)
  })
})

describe('REST', () => {
  it('proposes, changes, signs and withdraws, and never gives names', async () => {
    const created = await cast.steward.json('POST', '/api/v1/cooperation/agreements', {
      questionId: cast.questionId,
      title: 'Über die Schnittstelle',
      purpose: 'Herausfinden, wo Schatten fehlt',
      legalBasis: 'public-task',
      parties: [
        { organisationId: cast.holder.organisationId, part: 'holder' },
        { organisationId: cast.analyst.organisationId, part: 'analyst' },
      ],
      entryIds: [cast.entryId],
      validFrom: dayFromNow(0),
      validUntil: dayFromNow(9),
    })
    expect(created.status).toBe(201)
    const { id } = (await created.json()) as { id: string }
    const base = `/api/v1/cooperation/agreements/${id}`
    expect(
      (
        await cast.holder.json('POST', `${base}/clauses`, {
          clause: 'term',
          values: { validUntil: dayFromNow(8) },
        })
      ).status,
    ).toBe(200)
    for (const user of [cast.holder, cast.analyst])
      expect(
        (await user.json('POST', `${base}/signatures`, { organisationId: user.organisationId })).status,
      ).toBe(200)
    const read = await (await cast.holder.get(base)).text()
    expect(JSON.parse(read)).toMatchObject({ state: 'signed', inForce: true, version: 2 })
    expect(read).not.toContain('Hanna')
    expect(
      (await cast.holder.json('POST', `${base}/withdrawal`, { reason: 'Nur ein Versuch.' })).status,
    ).toBe(204)
    const refused = await cast.stranger.json('POST', `${base}/comments`, { clause: 'data', text: 'hallo' })
    expect(refused.status).toBe(403)
    expect(refused.headers.get('content-type')).toContain('problem+json')
    expect((await cast.holder.json('POST', `${base}/clauses`, { clause: 'nichts' })).status).toBe(400)
  })
})

describe('permissions over HTTP', () => {
  const { read, openForm, draft, propose, discuss, change, sign, withdraw, end } = policy
  const verbs = { read, openForm, draft, propose, discuss, change, sign, withdraw, end }
  const town = () => ({ organisationIds: [world.organisationId, cast.analyst.organisationId] })
  const parties = () => [
    { organisationId: world.organisationId, part: 'holder' as const },
    { organisationId: cast.analyst.organisationId, part: 'analyst' as const },
  ]
  let townEntry: string
  beforeAll(async () => {
    const { createEntry } = await import('../catalogue/service.ts')
    const { emptyRecord } = await import('../catalogue/model.ts')
    const record = {
      ...emptyRecord(),
      title: { de: 'Daten der Stadt' },
      description: { de: 'Eine Beschreibung der Daten.' },
    }
    townEntry = (await createEntry(world.as('holder').ctx, { organisationId: world.organisationId, record }))
      .id
  })
  const fresh = () => proposed(cast, { parties: parties(), entryIds: [townEntry] })
  const input = () => ({
    questionId: cast.questionId,
    title: 'Matrix',
    purpose: 'Rechte prüfen, Zeile für Zeile',
    legalBasis: 'not-personal' as const,
    parties: parties(),
    entryIds: [townEntry],
    validFrom: dayFromNow(0),
    validUntil: dayFromNow(5),
  })
  permissionMatrix(() => world, verbs, {
    read: { request: (user) => user.get(at(open.id)) },
    openForm: { request: (user) => user.get(at(open.id, '/sign')) },
    draft: { request: (user) => user.json('POST', '/api/v1/cooperation/agreements', input()), whose: town },
    propose: {
      request: async (user) =>
        user.post(at((await service.draftAgreement(cast.steward.ctx, input())).id, '/propose')),
      whose: town,
    },
    discuss: {
      request: async (user) =>
        user.post(at((await fresh()).id, '/comments'), { clause: 'data', text: 'Eine Frage dazu' }),
      whose: town,
    },
    change: {
      request: async (user) =>
        user.post(at((await fresh()).id, '/edit'), { clause: 'output', protectionLevel: 'high' }),
      whose: town,
    },
    sign: {
      request: async (user) =>
        user.post(at((await fresh()).id, '/sign'), { organisationId: world.organisationId }),
      whose: town,
    },
    withdraw: {
      request: async (user) => user.post(at((await fresh()).id, '/withdraw'), { reason: 'Ein guter Grund' }),
      whose: town,
    },
    end: {
      request: async (user) => user.post(at((await fresh()).id, '/end'), { reason: 'Alles erreicht' }),
      whose: town,
    },
  })
})
