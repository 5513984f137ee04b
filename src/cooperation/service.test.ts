import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createCast,
  dayFromNow,
  proposed,
  signed,
  type Cast,
} from '../../test/fixtures/cooperation/agreement.ts'
import { createWorld, type World } from '../../test/harness.ts'
import { getEntry } from '../catalogue/service.ts'
import { getQuestion } from '../questions/service.ts'
import { listEntries } from '../transparency/service.ts'
import { keepTerms } from './ending/service.ts'
import * as service from './service.ts'

let world: World
let cast: Cast
beforeAll(async () => {
  world = await createWorld()
  cast = await createCast(world)
})
afterAll(() => world.close())

const code = (name: string) => ({ message: `cooperation/${name}` })
const party = (user: Cast['holder'], agreementId: string) => ({
  agreementId,
  organisationId: user.organisationId,
})
const byText = (a: string | null, b: string | null) => String(a).localeCompare(String(b))
const inDays = (n: number) => world.as('steward').at(new Date(Date.now() + n * 86_400_000))

describe('signing', () => {
  it('binds organisation, name, role and time to the checksum and comes into force with the last signature', async () => {
    const agreement = await proposed(cast)
    expect(agreement).toMatchObject({ state: 'proposed', version: 1, signatures: [] })
    await expect(service.requireInForce(world.system, agreement.id)).rejects.toMatchObject(
      code('not-in-force'),
    )
    const first = await service.signAgreement(cast.analyst.ctx, party(cast.analyst, agreement.id))
    expect(first.state).toBe('proposed')
    expect(first.signatures[0]).toMatchObject({
      name: 'Anton Analyst',
      role: 'analyst',
      hash: agreement.hash,
      valid: true,
    })
    const last = await service.signAgreement(cast.holder.ctx, {
      ...party(cast.holder, agreement.id),
      hash: agreement.hash,
    })
    expect(last.state).toBe('signed')
    expect((await service.requireInForce(world.system, agreement.id)).id).toBe(agreement.id)
    expect((await getQuestion(world.system, cast.questionId)).state).toBe('agreed')
  })

  it('refuses a second signature by the same party', async () => {
    const { id } = await proposed(cast)
    await service.signAgreement(cast.analyst.ctx, party(cast.analyst, id))
    await expect(service.signAgreement(cast.analyst.ctx, party(cast.analyst, id))).rejects.toMatchObject(
      code('already-signed'),
    )
  })

  it('refuses strangers, and members who sign for another party', async () => {
    const { id } = await proposed(cast)
    await expect(service.signAgreement(cast.stranger.ctx, party(cast.stranger, id))).rejects.toMatchObject(
      code('not-a-party'),
    )
    await expect(service.signAgreement(cast.analyst.ctx, party(cast.holder, id))).rejects.toMatchObject({
      message: 'general/forbidden',
    })
    await expect(service.signAgreement(world.anonymous.ctx, party(cast.holder, id))).rejects.toMatchObject({
      message: 'general/sign-in',
    })
  })

  it('refuses a signature under a text that changed while it was read', async () => {
    const before = await proposed(cast)
    await service.changeClause(cast.holder.ctx, {
      agreementId: before.id,
      clause: 'term',
      values: { validUntil: dayFromNow(30) },
    })
    await expect(
      service.signAgreement(cast.analyst.ctx, { ...party(cast.analyst, before.id), hash: before.hash }),
    ).rejects.toMatchObject(code('text-changed'))
  })

  it('gives the covered dataset’s partner face to the parties only while in force', async () => {
    const agreement = await signed(cast)
    const partners = await world.hub.database.db
      .selectFrom('catalogue_partner')
      .selectAll()
      .where('agreement_id', '=', agreement.id)
      .execute()
    expect(partners.map((one) => one.organisation_id).sort()).toEqual(
      [cast.holder.organisationId, cast.analyst.organisationId].sort(),
    )
    await service.withdrawAgreement(cast.holder.ctx, {
      agreementId: agreement.id,
      reason: 'Wir prüfen die Daten neu.',
    })
    const left = await world.hub.database.db
      .selectFrom('catalogue_partner')
      .selectAll()
      .where('agreement_id', '=', agreement.id)
      .execute()
    expect(left).toEqual([])
    expect((await getEntry(cast.holder.ctx, cast.entryId)).id).toBe(cast.entryId)
  })
})

describe('changing', () => {
  it('voids earlier signatures, stops use at once and needs all signatures again', async () => {
    const agreement = await signed(cast)
    const changed = await service.changeClause(cast.analyst.ctx, {
      agreementId: agreement.id,
      clause: 'benefit',
      values: { benefit: 'Die Stadtwerke erfahren, welche Messpunkte unzuverlässig sind' },
      reason: 'So war es besprochen.',
    })
    expect(changed).toMatchObject({ state: 'proposed', version: 2 })
    expect(changed.signatures.every((one) => !one.valid)).toBe(true)
    await expect(service.requireInForce(world.system, agreement.id)).rejects.toMatchObject(
      code('not-in-force'),
    )
    expect(
      service.permits(changed, {
        action: 'query',
        organisationId: cast.analyst.organisationId,
        now: new Date(),
      }),
    ).toBe(false)
    await service.signAgreement(cast.analyst.ctx, party(cast.analyst, agreement.id))
    expect((await service.signAgreement(cast.holder.ctx, party(cast.holder, agreement.id))).state).toBe(
      'signed',
    )
  })

  it('does not let a text changed back revive old signatures', async () => {
    const agreement = await signed(cast)
    const until = agreement.validUntil
    await service.changeClause(cast.holder.ctx, {
      agreementId: agreement.id,
      clause: 'term',
      values: { validUntil: dayFromNow(9) },
    })
    const back = await service.changeClause(cast.holder.ctx, {
      agreementId: agreement.id,
      clause: 'term',
      values: { validUntil: until },
    })
    expect(back.terms).toEqual(agreement.terms)
    expect(back.state).toBe('proposed')
    expect(back.signatures.filter((one) => one.valid)).toEqual([])
  })

  it('refuses to lose a value that the software enforces, an empty change and a term that ends before it starts', async () => {
    const { id } = await proposed(cast)
    const change = (input: object) =>
      service.changeClause(cast.holder.ctx, { agreementId: id, clause: 'output', ...input })
    await expect(change({ legal: 'Freigegeben wird, was gefällt.' })).rejects.toMatchObject(
      code('placeholder-lost'),
    )
    await expect(change({})).rejects.toMatchObject(code('nothing-changed'))
    await expect(change({ clause: 'term', values: { validUntil: dayFromNow(-9) } })).rejects.toMatchObject(
      code('bad-term'),
    )
    expect((await service.getAgreement(world.system, id)).version).toBe(1)
  })

  it('keeps every version, drops an outdated translation and returns to the charter when the wording does', async () => {
    const { id } = await proposed(cast)
    const wording = 'Nur {minimum} zählt.'
    const changed = await service.changeClause(cast.holder.ctx, {
      agreementId: id,
      clause: 'output',
      legal: wording,
    })
    expect(changed.overrides.output?.legal).toEqual({ de: wording, en: '' })
    const { currentCharter } = await import('./charter/clauses.ts')
    const standard = currentCharter().clauses.find((one) => one.key === 'output')!.text
    const back = await service.changeClause(cast.holder.ctx, {
      agreementId: id,
      clause: 'output',
      legal: standard.legal.de,
      legalEn: standard.legal.en,
    })
    expect(back.overrides).toEqual({})
    expect((await service.listVersions(world.anonymous.ctx, id)).map((one) => one.version)).toEqual([1, 2, 3])
  })
})

describe('drafting', () => {
  const input = () => ({
    questionId: cast.questionId,
    title: 'Ein Entwurf',
    purpose: 'Etwas Bestimmtes herausfinden',
    legalBasis: 'not-personal' as const,
    parties: [
      { organisationId: cast.holder.organisationId, part: 'holder' as const },
      { organisationId: cast.analyst.organisationId, part: 'analyst' as const },
    ],
    entryIds: [cast.entryId],
    validFrom: dayFromNow(0),
    validUntil: dayFromNow(10),
  })

  it('is seen by those inside only, and changes without a new version', async () => {
    const draft = await service.draftAgreement(cast.analyst.ctx, input())
    await expect(service.getAgreement(world.anonymous.ctx, draft.id)).rejects.toMatchObject(code('not-found'))
    await expect(service.getAgreement(cast.stranger.ctx, draft.id)).rejects.toMatchObject(code('not-found'))
    const listed = async (user: Cast['holder']) =>
      (await service.listAgreements(user.ctx, { state: 'draft' })).agreements.map((one) => one.id)
    expect(await listed(cast.stranger)).not.toContain(draft.id)
    expect(await listed(world.anonymous)).not.toContain(draft.id)
    expect(await listed(cast.holder)).toContain(draft.id)
    const changed = await service.changeClause(cast.holder.ctx, {
      agreementId: draft.id,
      clause: 'purpose',
      values: { purpose: 'Etwas ganz anderes herausfinden' },
    })
    expect(changed).toMatchObject({ state: 'draft', version: 1, purpose: 'Etwas ganz anderes herausfinden' })
    await expect(service.signAgreement(cast.holder.ctx, party(cast.holder, draft.id))).rejects.toMatchObject(
      code('not-possible'),
    )
    expect((await service.submitAgreement(cast.analyst.ctx, { agreementId: draft.id })).state).toBe(
      'proposed',
    )
  })

  it('refuses unknown organisations, data nobody there holds, and people without a part in it', async () => {
    const parties = [...input().parties, { organisationId: 'nowhere', part: 'asker' as const }]
    await expect(service.draftAgreement(cast.steward.ctx, { ...input(), parties })).rejects.toMatchObject(
      code('unknown-party'),
    )
    const without = input().parties.map((one) =>
      one.part === 'holder' ? { ...one, organisationId: cast.stranger.organisationId } : one,
    )
    await expect(
      service.draftAgreement(cast.steward.ctx, { ...input(), parties: without }),
    ).rejects.toMatchObject(code('entry-without-holder'))
    await expect(service.draftAgreement(cast.stranger.ctx, input())).rejects.toMatchObject({
      message: 'general/forbidden',
    })
    await expect(
      service.draftAgreement(cast.steward.ctx, {
        ...input(),
        entryIds: ['018f0000-0000-7000-8000-000000000000'],
      }),
    ).rejects.toMatchObject(code('unknown-data'))
  })
})

describe('ending', () => {
  it('stops use at once when a party withdraws, and says so once', async () => {
    const agreement = await signed(cast)
    await service.withdrawAgreement(cast.analyst.ctx, {
      agreementId: agreement.id,
      reason: 'Das Projekt wird nicht gefördert.',
    })
    await expect(service.requireInForce(world.system, agreement.id)).rejects.toMatchObject(
      code('not-in-force'),
    )
    await expect(
      service.withdrawAgreement(cast.analyst.ctx, { agreementId: agreement.id, reason: 'Noch einmal.' }),
    ).rejects.toMatchObject(code('not-possible'))
    const events = await world.hub.database.db
      .selectFrom('platform_event')
      .selectAll()
      .where('name', '=', 'cooperation.agreement-ended')
      .execute()
    expect(
      events.filter((one) => one.payload['agreementId'] === agreement.id).map((one) => one.payload['reason']),
    ).toEqual(['withdrawn'])
  })

  it('lets the data protection officer stop, but no stranger', async () => {
    const agreement = await signed(cast)
    const stop = (user: Cast['holder']) =>
      service.withdrawAgreement(user.ctx, { agreementId: agreement.id, reason: 'Das Risiko ist zu hoch.' })
    await expect(stop(cast.stranger)).rejects.toMatchObject({ message: 'general/forbidden' })
    await stop(cast.reviewer)
    expect((await service.getAgreement(world.anonymous.ctx, agreement.id)).state).toBe('withdrawn')
  })

  it('permits nothing after the last day, even before the job has run, and expires with it', async () => {
    const agreement = await signed(cast, { validUntil: dayFromNow(3) })
    const late = inDays(5)
    await expect(
      service.requireInForce({ ...world.system, now: late.now }, agreement.id),
    ).rejects.toMatchObject(code('not-in-force'))
    expect(
      service.permits(agreement, {
        action: 'query',
        organisationId: cast.analyst.organisationId,
        now: late.now,
      }),
    ).toBe(false)
    await keepTerms({ ...world.system, now: late.now })
    expect((await service.getAgreement(world.system, agreement.id)).state).toBe('expired')
  })

  it('starts on the first day, reminds two weeks before the end, and each only once', async () => {
    const agreement = await signed(cast, { validFrom: dayFromNow(5), validUntil: dayFromNow(40) })
    await expect(service.requireInForce(world.system, agreement.id)).rejects.toMatchObject(
      code('not-in-force'),
    )
    const count = async (subject: string) =>
      (await world.mails()).filter(
        (mail) => mail.subject.startsWith(subject) && mail.text.includes(agreement.id),
      ).length
    for (const n of [6, 6, 30, 30]) await keepTerms({ ...world.system, now: inDays(n).now })
    expect(await count('Vereinbarung gilt')).toBe(2)
    expect(await count('Vereinbarung endet bald')).toBe(2)
  })
})

describe('what others see', () => {
  it('shows terms to everybody and names of signatories to those inside only', async () => {
    const { id } = await signed(cast)
    const outside = await service.getAgreement(world.anonymous.ctx, id)
    expect(outside.parties.map((one) => one.name)).toEqual(['Jugendamt', 'Universität'])
    expect(outside.signatures.map((one) => one.name)).toEqual([null, null])
    expect(outside.createdBy).toBeNull()
    const inside = await service.getAgreement(cast.reviewer.ctx, id)
    expect(inside.signatures.map((one) => one.name).toSorted(byText)).toEqual([
      'Anton Analyst',
      'Hanna Halter',
    ])
  })

  it('keeps names and typed words out of the register', async () => {
    const { id } = await signed(cast)
    await service.discussClause(cast.holder.ctx, {
      agreementId: id,
      clause: 'term',
      text: 'Das ist geheimes Verhandeln.',
    })
    await service.withdrawAgreement(cast.holder.ctx, { agreementId: id, reason: 'Ein Grund mit Namen.' })
    const { entries } = await listEntries(world.system, { objectId: id } as Parameters<typeof listEntries>[1])
    const text = JSON.stringify(entries)
    expect(entries.length).toBeGreaterThan(4)
    for (const secret of ['Hanna', 'Anton', 'geheimes', 'Ein Grund', 'Hitze und kleine'])
      expect(text).not.toContain(secret)
  })

  it('keeps the discussion among those inside', async () => {
    const { id } = await proposed(cast)
    await service.discussClause(cast.analyst.ctx, {
      agreementId: id,
      clause: 'data',
      text: 'Welche Jahre sind dabei?',
    })
    await expect(
      service.discussClause(cast.stranger.ctx, { agreementId: id, clause: 'data', text: 'Ich auch.' }),
    ).rejects.toMatchObject({ message: 'general/forbidden' })
    expect(await service.listComments(world.anonymous.ctx, id)).toEqual([])
    expect((await service.listComments(cast.holder.ctx, id)).map((one) => one.text)).toEqual([
      'Welche Jahre sind dabei?',
    ])
  })

  it('mails the other party, never the one who acted', async () => {
    const { id } = await proposed(cast)
    await service.signAgreement(cast.analyst.ctx, party(cast.analyst, id))
    const about = (await world.mails()).filter(
      (mail) => mail.text.includes(id) && mail.subject.startsWith('Neue Unterschrift'),
    )
    const emails = [cast.holder.actor, cast.analyst.actor].map((actor) =>
      actor.kind === 'person' ? actor.email : '',
    )
    expect(about.map((mail) => mail.to)).toEqual([emails[0]])
  })

  it('forgets a person: comments at once, the name under a running agreement when it is over', async () => {
    const { id } = await signed(cast)
    await service.discussClause(cast.analyst.ctx, { agreementId: id, clause: 'data', text: 'Bleibt stehen.' })
    const kept = await service.personalData.export(world.system, cast.analyst.personId)
    expect(JSON.stringify(kept)).toContain('Bleibt stehen.')
    await service.personalData.erase?.(world.system, cast.analyst.personId)
    expect((await service.listComments(world.system, id))[0]).toMatchObject({
      person_id: null,
      text: 'Bleibt stehen.',
    })
    const names = async () =>
      (await service.getAgreement(world.system, id)).signatures.map((one) => one.name).toSorted(byText)
    expect(await names()).toEqual(['Anton Analyst', 'Hanna Halter'])
    await service.withdrawAgreement(cast.holder.ctx, { agreementId: id, reason: 'Vorbei und vergessen.' })
    expect(await names()).toEqual(['Hanna Halter', null])
    expect(
      JSON.stringify(await service.personalData.export(world.system, cast.analyst.personId)),
    ).not.toContain(id)
  })
})
