import {
  addMap,
  confirmRoles,
  decideRelease,
  getRelease,
  getWorkspace,
  listQueries,
  listReleases,
  listTables,
  openWorkspace,
  removeTable,
  requestRelease,
  runQuery,
  saveQuery,
  setRule,
  settlePrivacy,
  startNotebook,
  uploadTable,
  writeNotebook,
} from '../../sandbox/service.ts'
import type { OrganisationKey, PersonKey } from './cast.ts'
import type { Stage, Step } from './stage.ts'
import { heatSql, kitaSql, speechSql, vaultTables, type VaultTablePart } from './vault-tables.ts'
import { toCsv } from './tables.ts'
import { districtsGeoJson } from './town.ts'

const roomSteps: readonly Step[] = [
  ['hitze', '2026-05-11T09:00'],
  ['kita', '2026-10-06T09:00'],
  ['sprache', '2026-11-03T09:00'],
].map(([key, at]) => ({
  name: `room-${key}`,
  at: at as string,
  run: async (stage) => ({
    [`room:${key}`]: (await openWorkspace(stage.as('lotsin'), { agreementId: stage.id(`agreement:${key}`) }))
      .id,
  }),
}))

const tableSteps: readonly Step[] = vaultTables.flatMap((part): Step[] => [
  { name: `upload-${part.key}`, at: part.at, slow: true, run: (stage) => upload(stage, part) },
  ...(part.confirm
    ? [
        {
          name: `roles-${part.key}`,
          at: part.confirm.at,
          slow: true,
          run: (stage: Stage) => confirm(stage, part),
        },
      ]
    : []),
])

async function existing(stage: Stage, part: VaultTablePart) {
  const ctx = stage.as(part.by)
  const room = await getWorkspace(ctx, stage.id(`room:${part.room}`))
  const { name } = part.table(stage.town())
  const found = await listTables(ctx, room)
  return found.find((each) => each.name === name)
}

async function upload(stage: Stage, part: VaultTablePart): Promise<Record<string, string>> {
  const table = part.table(stage.town())
  const left = await existing(stage, part)
  // An upload that a crash left half-read keeps the name taken.
  if (left?.state === 'loading') await removeTable(stage.as(part.by), left.id)
  const known = left?.state === 'loading' ? undefined : left
  const made =
    known ??
    (await uploadTable(stage.as(part.by), {
      workspaceId: stage.id(`room:${part.room}`),
      name: table.name,
      organisationId: stage.organisation(part.organisation),
      entryId: stage.id(`entry:${part.entry}`),
      description: part.description,
      file: new File([toCsv(table)], `${table.name}.csv`, { type: 'text/csv' }),
    }))
  return { [`table:${part.key}`]: made.id }
}

async function confirm(stage: Stage, part: VaultTablePart): Promise<void> {
  const known = await existing(stage, part)
  if (known?.state === 'confirmed') return
  const columns = part.confirm?.columns(stage.town()) ?? []
  await confirmRoles(stage.as(part.by), { tableId: stage.id(`table:${part.key}`), columns })
}

/** Health data of children: the office settles on differential privacy before anything is asked. */
const settleStep: Step = {
  name: 'privacy-sprache',
  at: '2026-11-05T11:00',
  run: async (stage) => {
    await settlePrivacy(stage.as('gesundheit'), {
      workspaceId: stage.id('room:sprache'),
      organisationId: stage.organisation('gesundheitsamt'),
      rhoLimit: 0.25,
      personLimit: 0.25,
      groupsPerUnit: 1,
      rowsPerUnit: 1,
    })
  },
}

const questions: readonly (readonly [key: string, room: string, at: string, sql: string, title?: string])[] =
  [
    [
      'hitze-einzeln',
      'hitze',
      '2026-05-20T10:00',
      "SELECT kind, block, alter FROM kinder WHERE stadtteil = 'Steinbruch'",
    ],
    [
      'hitze-block',
      'hitze',
      '2026-05-20T10:10',
      'SELECT block, COUNT(*) AS kinder FROM kinder GROUP BY block',
    ],
    ['hitze-anteil', 'hitze', '2026-06-05T14:00', heatSql, 'Kleine Kinder in heißen Straßen'],
    [
      'hitze-alter',
      'hitze',
      '2026-06-05T15:00',
      'SELECT stadtteil, alter, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil, alter',
    ],
    ['kita-bedarf', 'kita', '2026-10-20T10:00', kitaSql, 'Kinder mit Bedarf ohne Platz'],
    [
      'kita-stunden',
      'kita',
      '2026-10-20T11:00',
      'SELECT stadtteil, AVG(stunden) AS stunden, COUNT(*) AS kinder FROM kinder WHERE platz = TRUE GROUP BY stadtteil',
    ],
    ['sprache-jahre', 'sprache', '2026-11-09T10:00', speechSql, 'Sprache nach Jahren in der Kita'],
  ]

const querySteps: readonly Step[] = questions.map(([key, room, at, sql, title]) => ({
  name: `query-${key}`,
  at,
  slow: true,
  run: async (stage) => {
    const workspaceId = stage.id(`room:${room}`)
    const asked = await listQueries(stage.as('uni'), { workspaceId, limit: 100 })
    const known = asked.find(
      (each) => each.sql === sql && (each.state === 'answered' || each.state === 'refused'),
    )
    return { [`query:${key}`]: (known ?? (await runQuery(stage.as('uni'), { workspaceId, sql, title }))).id }
  },
}))

type Requested = { key: string; query: string; at: string; context: string; notebook?: string }

const releases: readonly Requested[] = [
  {
    key: 'hitze',
    query: 'hitze-anteil',
    at: '2026-06-10T10:00',
    context:
      'Anteil kleiner Kinder in heißen Straßen je Stadtteil, für die Antwort auf die Frage und die Vorlage im Rat.',
  },
  {
    key: 'hitze-alter',
    query: 'hitze-alter',
    at: '2026-06-19T10:00',
    context: 'Kinder je Stadtteil und Lebensjahr, um zu sehen, ob die Jüngsten anders wohnen.',
  },
  {
    key: 'kita-stunden',
    query: 'kita-stunden',
    at: '2026-11-09T10:00',
    context: 'Vereinbarte Stunden der Kinder mit Platz je Stadtteil.',
  },
  {
    key: 'kita',
    query: 'kita-bedarf',
    at: '2026-11-16T10:00',
    context:
      'Anteil der Kinder mit Bedarf ohne Platz je Stadtteil, für den Jugendhilfeausschuss im Dezember.',
    notebook: 'kita',
  },
]

const releaseSteps: readonly Step[] = releases.map(({ key, query, at, context, notebook }) => ({
  name: `release-${key}`,
  at,
  slow: true,
  run: async (stage) => {
    const queryId = stage.id(`query:${query}`)
    const known = (await listReleases(stage.as('uni'))).find((each) => each.queryId === queryId)
    const notebookId = notebook ? stage.id(`notebook:${notebook}`) : ''
    const made = known ?? (await requestRelease(stage.as('uni'), { queryId, context, notebookId }))
    return { [`release:${key}`]: made.id }
  },
}))

type Decided = {
  key: string
  at: string
  by: PersonKey
  organisation: OrganisationKey
  decision: 'approve' | 'reject' | 'changes'
  reason: string
}

const decisions: readonly Decided[] = [
  {
    key: 'hitze',
    at: '2026-06-12T09:00',
    by: 'pruefung',
    organisation: 'jugendamt',
    decision: 'approve',
    reason: 'Zwölf Zeilen, zwei davon geschützt. Nichts daran zeigt auf eine Familie.',
  },
  {
    key: 'hitze',
    at: '2026-06-15T09:00',
    by: 'pruefungUni',
    organisation: 'uni',
    decision: 'approve',
    reason: 'Entspricht dem vereinbarten Zweck.',
  },
  {
    key: 'hitze-alter',
    at: '2026-06-23T09:00',
    by: 'pruefung',
    organisation: 'jugendamt',
    decision: 'reject',
    reason:
      'Einzelne Lebensjahre braucht die Frage nicht. In kleinen Stadtteilen käme man damit einzelnen Familien nahe. Bitte in zwei Gruppen: unter drei, drei bis fünf.',
  },
  {
    key: 'kita-stunden',
    at: '2026-11-12T09:00',
    by: 'pruefung',
    organisation: 'jugendamt',
    decision: 'changes',
    reason: 'Bitte dazuschreiben, wofür die Stunden gebraucht werden und wer sie zu sehen bekommt.',
  },
]

const decisionSteps: readonly Step[] = decisions.map(({ key, at, by, ...decision }) => ({
  name: `decide-${key}-${decision.organisation}`,
  at,
  slow: true,
  run: async (stage) => {
    const releaseId = stage.id(`release:${key}`)
    const organisationId = stage.organisation(decision.organisation)
    const { decisions: said } = await getRelease(stage.as(by), releaseId)
    if (said.some((each) => each.organisationId === organisationId)) return
    await decideRelease(stage.as(by), { ...decision, releaseId, organisationId })
  },
}))

const mapSteps: readonly Step[] = (['hitze', 'kita'] as const).map((room) => ({
  name: `map-${room}`,
  at: room === 'hitze' ? '2026-05-14T09:00' : '2026-10-09T09:00',
  run: async (stage) => {
    await addMap(stage.as('uni'), {
      workspaceId: stage.id(`room:${room}`),
      title: 'Stadtteile und Baublöcke',
      geojson: JSON.stringify(districtsGeoJson(stage.town().ground)),
    })
  },
}))

/** What the analyst keeps, writes down and the second holder lets leave by itself. */
const keepingSteps: readonly Step[] = [
  {
    name: 'saved-kita',
    at: '2026-10-21T09:00',
    run: async (stage) => {
      await saveQuery(stage.as('uni'), {
        workspaceId: stage.id('room:kita'),
        title: 'Kinder mit Bedarf ohne Platz',
        sql: kitaSql,
        shared: true,
      })
    },
  },
  {
    name: 'notebook-kita',
    at: '2026-10-21T10:00',
    run: async (stage) => {
      const ctx = stage.as('uni')
      const { id: notebookId } = await startNotebook(ctx, {
        workspaceId: stage.id('room:kita'),
        title: 'Wo Kita-Plätze fehlen',
      })
      await writeNotebook(ctx, {
        notebookId,
        title: 'Wo Kita-Plätze fehlen',
        shared: true,
        steps: steps(stage),
      })
      return { 'notebook:kita': notebookId }
    },
  },
  {
    name: 'rule-kita-gesundheit',
    at: '2026-11-13T09:00',
    run: async (stage) => {
      await setRule(stage.as('gesundheit'), {
        workspaceId: stage.id('room:kita'),
        organisationId: stage.organisation('gesundheitsamt'),
        maxCells: 30,
      })
    },
  },
]

const steps = (stage: Stage) => [
  {
    text: 'Wo arbeiten **alle Eltern**, und das Kind hat trotzdem keinen Platz? Gezählt sind Kinder unter sechs Jahren am 1. Januar 2026.',
    queryId: stage.id('query:kita-bedarf'),
    shownAs: 'map' as const,
  },
  {
    text: 'Was daran vorsichtig zu lesen ist:\n\n- In kleinen Stadtteilen sind Zahlen geschützt.\n- Wer keinen Platz sucht, zählt nicht mit.',
    queryId: null,
    shownAs: 'table' as const,
  },
  {
    text: 'Zum Vergleich die vereinbarten Stunden der Kinder, die einen Platz haben.',
    queryId: stage.id('query:kita-stunden'),
    shownAs: 'bars' as const,
  },
]

/**
 * Three locked rooms: the heat room with a refused question, a released and a rejected table; the kita room still at work; the
 * room about language, asked with differential privacy.
 */
export const sandboxSteps: readonly Step[] = [
  ...roomSteps,
  ...tableSteps,
  settleStep,
  ...mapSteps,
  ...querySteps,
  ...keepingSteps,
  ...releaseSteps,
  ...decisionSteps,
]
