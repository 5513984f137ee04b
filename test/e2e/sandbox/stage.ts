import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createEntry } from '../../../src/catalogue/service.ts'
import { emptyRecord } from '../../../src/catalogue/model.ts'
import { proposeAgreement, signAgreement } from '../../../src/cooperation/service.ts'
import { openHub } from '../../../src/hub.ts'
import {
  addMember,
  createOrganisation,
  createPerson,
  createSignInLink,
  saveMunicipality,
} from '../../../src/identity/service.ts'
import { readConfig } from '../../../src/platform/config.ts'
import type { Ctx, Role } from '../../../src/platform/context.ts'
import { raiseQuestion } from '../../../src/questions/service.ts'
import { confirmRoles, openWorkspace, uploadTable } from '../../../src/sandbox/service.ts'
import type { RunningHub } from '../../demo-server.ts'
import { runHub } from '../../demo-server.ts'
import { freshData } from '../../fresh-data.ts'
import { childrenCsv, csvFile, heatCsv, heatRoles } from '../../fixtures/sandbox/room.ts'

/** Who takes part: two holders with a reviewer each, and those who analyse. */
const people = {
  holder: { house: 'Jugendamt', roles: ['holder'] },
  reviewer: { house: 'Jugendamt', roles: ['reviewer'] },
  secondReviewer: { house: 'Stadtwerke', roles: ['reviewer'] },
  analyst: { house: 'Universität', roles: ['analyst'] },
} as const satisfies Record<string, { house: string; roles: readonly Role[] }>

/** One of those who take part. */
export type Person = keyof typeof people

/** What one round needs: an open room in which one of two tables lies, and a way in for each person. */
export type Round = { readonly room: string; readonly links: Readonly<Record<Person, string>> }

/** A hub with a room per round, each under a signed agreement of its own; the second table is a file to upload. */
export type SandboxStage = {
  readonly hub: RunningHub
  readonly rounds: readonly Round[]
  readonly file: string
  readonly close: () => Promise<void>
}

/** Prepares houses, people, agreements and the second holder's table, then starts the hub as an operator would. */
export async function openSandboxStage(rounds: number): Promise<SandboxStage> {
  const dataDir = await freshData()
  const file = join(dataDir, 'kinder.csv')
  const prepared = await prepare(dataDir, rounds)
  await writeFile(file, childrenCsv())
  const hub = await runHub({ dataDir })
  return {
    hub,
    rounds: prepared,
    file,
    close: async () => {
      await hub.kill()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function prepare(dataDir: string, rounds: number): Promise<Round[]> {
  const hub = await openHub(
    readConfig({ ALLMENDE_DATA: dataDir, ALLMENDE_AGS: '00990001', LOG_LEVEL: 'error' }),
  )
  const ctx = hub.makeCtx()
  await saveMunicipality(ctx, { ags: '00990001', name: 'Auenstadt', hostnames: [] })
  const houses = new Map<string, string>()
  for (const name of ['Jugendamt', 'Stadtwerke', 'Universität']) {
    const house = { name, shortName: name, kind: 'department' as const, ags: '00990001' }
    houses.set(name, (await createOrganisation(ctx, house)).id)
  }
  const ids = new Map<Person, string>()
  for (const [part, { house, roles }] of Object.entries(people) as [Person, (typeof people)[Person]][]) {
    const person = await createPerson(ctx, { email: `${part}@example.org`, name: part })
    for (const role of roles)
      await addMember(ctx, { personId: person.id, organisationId: houses.get(house)!, role })
    ids.set(part, person.id)
  }
  const house = (name: string) => houses.get(name)!
  const data = await describeData(ctx, house)
  const prepared: Round[] = []
  for (let i = 0; i < rounds; i += 1)
    prepared.push({ room: await openRoom(ctx, house, data), links: await linksOf(ctx, ids) })
  await hub.drain()
  await hub.close()
  return prepared
}

async function linksOf(ctx: Ctx, ids: ReadonlyMap<Person, string>): Promise<Record<Person, string>> {
  const links: Partial<Record<Person, string>> = {}
  for (const [part, personId] of ids) {
    const link = new URL(await createSignInLink(ctx, { personId, minutes: 30 }))
    links[part] = link.pathname + link.search
  }
  return links as Record<Person, string>
}

type Data = { children: string; heat: string; questionId: string }

async function describeData(ctx: Ctx, house: (name: string) => string): Promise<Data> {
  const describe = async (name: string, title: string) => {
    const record = { ...emptyRecord(), title: { de: title }, description: { de: `${title}, vertraulich.` } }
    return (await createEntry(ctx, { organisationId: house(name), record })).id
  }
  const children = await describe('Jugendamt', 'Kinder nach Baublock')
  const heat = await describe('Stadtwerke', 'Wärmekarte')
  const question = await raiseQuestion(ctx, {
    title: 'Wo sind kleine Kinder an heißen Tagen am stärksten belastet?',
    why: 'Im Sommer ist es in manchen Straßen nicht auszuhalten.',
  })
  return { children, heat, questionId: question.id }
}

async function openRoom(
  ctx: Ctx,
  house: (name: string) => string,
  { children, heat, questionId }: Data,
): Promise<string> {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const parties = ['Jugendamt', 'Stadtwerke', 'Universität'].map((name) => ({
    organisationId: house(name),
    part: name === 'Universität' ? ('analyst' as const) : ('holder' as const),
  }))
  const { id: agreementId } = await proposeAgreement(ctx, {
    questionId,
    title: 'Hitze und kleine Kinder',
    purpose: 'Herausfinden, wo kleine Kinder an heißen Tagen am stärksten belastet sind.',
    legalBasis: 'public-task',
    parties,
    entryIds: [children, heat],
    protectionLevel: 'raised',
    validFrom: day(-1),
    validUntil: day(60),
  })
  for (const { organisationId } of parties) await signAgreement(ctx, { agreementId, organisationId })
  const { id: workspaceId } = await openWorkspace(ctx, { agreementId })
  const upload = { workspaceId, name: 'waermekarte', organisationId: house('Stadtwerke'), entryId: heat }
  const table = await uploadTable(ctx, { ...upload, file: csvFile(heatCsv()) })
  await confirmRoles(ctx, { tableId: table.id, columns: heatRoles })
  return workspaceId
}
