import {
  confirmRoles,
  decideRelease,
  getWorkspace,
  listQueries,
  listTables,
  openWorkspace,
  removeTable,
  requestRelease,
  runQuery,
  uploadTable,
} from '../../sandbox/service.ts'
import type { OrganisationKey, PersonKey } from './cast.ts'
import type { Stage, Step } from './stage.ts'
import { heatSql, kitaSql, vaultTables, type VaultTablePart } from './vault-tables.ts'
import { toCsv } from './tables.ts'

const roomSteps: readonly Step[] = [
  ['hitze', '2026-05-11T09:00'],
  ['kita', '2026-10-06T09:00'],
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

const questions: readonly (readonly [key: string, room: string, at: string, sql: string])[] = [
  [
    'hitze-einzeln',
    'hitze',
    '2026-05-20T10:00',
    "SELECT kind, block, alter FROM kinder WHERE stadtteil = 'Steinbruch'",
  ],
  ['hitze-block', 'hitze', '2026-05-20T10:10', 'SELECT block, COUNT(*) AS kinder FROM kinder GROUP BY block'],
  ['hitze-anteil', 'hitze', '2026-06-05T14:00', heatSql],
  [
    'hitze-alter',
    'hitze',
    '2026-06-05T15:00',
    'SELECT stadtteil, alter, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil, alter',
  ],
  ['kita-bedarf', 'kita', '2026-10-20T10:00', kitaSql],
  [
    'kita-stunden',
    'kita',
    '2026-10-20T11:00',
    'SELECT stadtteil, AVG(stunden) AS stunden, COUNT(*) AS kinder FROM kinder WHERE platz = TRUE GROUP BY stadtteil',
  ],
]

const querySteps: readonly Step[] = questions.map(([key, room, at, sql]) => ({
  name: `query-${key}`,
  at,
  slow: true,
  run: async (stage) => {
    const workspaceId = stage.id(`room:${room}`)
    const asked = await listQueries(stage.as('uni'), { workspaceId, limit: 100 })
    const known = asked.find(
      (each) => each.sql === sql && (each.state === 'answered' || each.state === 'refused'),
    )
    return { [`query:${key}`]: (known ?? (await runQuery(stage.as('uni'), { workspaceId, sql }))).id }
  },
}))

const releases: readonly (readonly [key: string, query: string, at: string, context: string])[] = [
  [
    'hitze',
    'hitze-anteil',
    '2026-06-10T10:00',
    'Anteil kleiner Kinder in heißen Straßen je Stadtteil, für die Antwort auf die Frage und die Vorlage im Rat.',
  ],
  [
    'hitze-alter',
    'hitze-alter',
    '2026-06-19T10:00',
    'Kinder je Stadtteil und Lebensjahr, um zu sehen, ob die Jüngsten anders wohnen.',
  ],
  [
    'kita',
    'kita-bedarf',
    '2026-11-16T10:00',
    'Anteil der Kinder mit Bedarf ohne Platz je Stadtteil, für den Jugendhilfeausschuss im Dezember.',
  ],
]

const releaseSteps: readonly Step[] = releases.map(([key, query, at, context]) => ({
  name: `release-${key}`,
  at,
  run: async (stage) => ({
    [`release:${key}`]: (
      await requestRelease(stage.as('uni'), { queryId: stage.id(`query:${query}`), context })
    ).id,
  }),
}))

type Decided = {
  key: string
  at: string
  by: PersonKey
  organisation: OrganisationKey
  decision: 'approve' | 'reject'
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
]

const decisionSteps: readonly Step[] = decisions.map(({ key, at, by, ...decision }) => ({
  name: `decide-${key}-${decision.organisation}`,
  at,
  run: async (stage) => {
    await decideRelease(stage.as(by), {
      ...decision,
      releaseId: stage.id(`release:${key}`),
      organisationId: stage.organisation(decision.organisation),
    })
  },
}))

/** Two locked rooms: the heat room with a refused question, a released and a rejected table; the kita room still at work. */
export const sandboxSteps: readonly Step[] = [
  ...roomSteps,
  ...tableSteps,
  ...querySteps,
  ...releaseSteps,
  ...decisionSteps,
]
