import { z } from 'zod'
import { bilingual } from '../platform/form-errors.ts'
import { columnRoles, unitTypes } from './model.ts'

const id = z.uuid()
// Ids of other rooms have 36 characters; more is never one of ours.
const foreignId = z.string().trim().min(1).max(64)
const identifier = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z][a-z0-9_]{0,59}$/,
    bilingual(
      'Nur kleine Buchstaben, Ziffern und Unterstrich, zuerst ein Buchstabe.',
      'Small letters, digits and underscore only, a letter first.',
    ),
  )

/** Opens the workspace of an agreement in force. */
export const openWorkspaceSchema = z.object({ agreementId: foreignId })

/** A holder's file for a workspace. The size cap is the installation's, checked while the bytes arrive. */
export const uploadTableSchema = z.object({
  name: identifier,
  organisationId: foreignId.optional(),
  entryId: foreignId.optional(),
  /** Long enough for two sentences; shown to analysts beside the table. */
  description: z.string().trim().max(600).default(''),
})

/** A file that was sealed while it arrived; its size is the installation's to cap, where the bytes pass by. */
export const receivedFile = z.object(
  { name: z.string().max(400), size: z.number().int().min(0), kept: z.string().max(80) },
  bilingual('Bitte eine Datei wählen.', 'Please choose a file.'),
)

/** A number as people type it, with comma or point; empty means: not given. */
const typedNumber = z
  .union([z.number(), z.string().trim().max(20)])
  .optional()
  .transform((value, ctx) => {
    if (value === undefined || value === '') return undefined
    const number = typeof value === 'number' ? value : Number(value.replace(',', '.'))
    if (Number.isFinite(number)) return number
    ctx.addIssue({ code: 'custom', message: bilingual('Bitte eine Zahl angeben.', 'Please give a number.') })
    return z.NEVER
  })

const boundsMissing = bilingual(
  'Eine Messgröße braucht eine untere und eine obere Grenze, die untere zuerst.',
  'A measure needs a lower and an upper bound, the lower one first.',
)

/** What the holder says about one column. Bounds are public and clamp every value before it is added up. */
export const columnChoiceSchema = z
  .object({
    name: z.string().min(1).max(200),
    role: z.enum(columnRoles),
    /** Shown beside the column; one line. */
    meaning: z.string().trim().max(200).default(''),
    unitType: z.enum(unitTypes).optional(),
    /** Name under which columns of two tables belong together. */
    key: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z][a-z0-9_]{0,62}$|^$/)
      .optional(),
    /** Width of the bands by which a number may also be split up, such as five years. */
    bands: typedNumber,
    /** False: only the coarser readings may be asked for. */
    exact: z.boolean().optional(),
    /** Registered values, one per line; they are public. Ten thousand are the most one question may split into. */
    domain: z.array(z.string().trim().min(1).max(200)).max(10_000).optional(),
    lower: typedNumber,
    upper: typedNumber,
    decimals: typedNumber,
    unit: z.string().trim().max(20).optional(),
  })
  .refine(
    (c) => c.role !== 'measure' || (c.lower !== undefined && c.upper !== undefined && c.lower < c.upper),
    {
      path: ['lower'],
      message: boundsMissing,
    },
  )

/** The holder's confirmation of a whole table. At most 500 columns, as many as ingest accepts. */
export const confirmRolesSchema = z.object({
  tableId: id,
  /** What one row is, where no column names the unit; empty: a table to look things up in. */
  rowUnit: z.enum(unitTypes).optional(),
  columns: z.array(columnChoiceSchema).min(1).max(500),
})

const oneOf = <const T extends readonly string[]>(values: T, value: string): T[number] | undefined =>
  values.includes(value) ? value : undefined

/** The roles form: fields `c0.role`, `c0.meaning`, … per column, in the order of the file. */
export const rolesFormSchema = z.record(z.string(), z.unknown()).transform((flat, ctx) => {
  const text = (name: string) => (typeof flat[name] === 'string' ? flat[name] : '')
  const columns: z.output<typeof columnChoiceSchema>[] = []
  for (let i = 0; i < 500 && text(`c${i}.name`); i += 1) {
    const unitType = oneOf(unitTypes, text(`c${i}.unitType`))
    const domain = text(`c${i}.domain`)
    const parsed = columnChoiceSchema.safeParse({
      ...Object.fromEntries(
        ['name', 'role', 'meaning', 'key', 'bands', 'lower', 'upper', 'decimals', 'unit'].map((f) => [
          f,
          text(`c${i}.${f}`),
        ]),
      ),
      ...(unitType ? { unitType } : {}),
      exact: text(`c${i}.exact`) !== '',
      ...(domain
        ? {
            domain: domain
              .split(/\r?\n/)
              .map((v) => v.trim())
              .filter(Boolean),
          }
        : {}),
    })
    if (parsed.success) columns.push(parsed.data)
    else
      for (const issue of parsed.error.issues) {
        ctx.addIssue({
          code: 'custom',
          path: [`c${i}.${String(issue.path[0] ?? 'role')}`],
          message: issue.message,
        })
      }
  }
  if (!text('c0.name')) {
    const message = bilingual(
      'Bitte für jede Spalte eine Rolle wählen.',
      'Please choose a role for each column.',
    )
    ctx.addIssue({ code: 'custom', path: ['c0.role'], message })
  }
  return { rowUnit: oneOf(unitTypes, text('rowUnit')), columns }
})

/** The fields of the query form for people without SQL. Columns are written `table.column`. */
export const queryFields = z.object({
  /** `count:table`, `units:table:person`, `sum:table:table.column` or `avg:table:table.column`. */
  measure: z
    .string()
    .max(400)
    .regex(/^(count:[^:]+|units:[^:]+:[a-z]+|(sum|avg):[^:]+:.+)$/),
  by: z.string().max(300).default(''),
  by2: z.string().max(300).default(''),
  /** `table.column`, or with a registered value `table.column=value`. */
  only: z.string().max(600).default(''),
  /** `5`, `0 bis 5` or `Nord, Süd`; as long as fifty short values. */
  value: z.string().trim().max(2_000).default(''),
})
const needsValue = (form: { only: string; value: string }) =>
  !form.only || form.only.includes('=') || form.value.length > 0
const valueMissing = {
  path: ['value'],
  message: bilingual('Bitte einen Wert für „Nur wenn“ angeben.', 'Please give a value for “Only if”.'),
}

/** The query form: a restriction comes with its value. */
export const queryFormSchema = queryFields.refine(needsValue, valueMissing)

/** What the person wants done with a form: compute, check only, or see it as SQL. */
export const purposeSchema = z.enum(['run', 'preview', 'sql']).catch('run')

const queryTitle = z.string().trim().max(120)
/** How an answer is shown. */
export const showSchema = z.enum(['table', 'bars', 'line', 'map']).catch('table')

/** The query form as it is sent. */
export const askSchema = queryFields
  .extend({
    do: purposeSchema,
    show: showSchema.default('table'),
    title: queryTitle.default(''),
    precision: z.string().max(20).default(''),
  })
  .refine(needsValue, valueMissing)

/** A question in SQL or from the form. 20 000 characters are far more than one block of grouping needs. */
export const runQuerySchema = z.object({
  workspaceId: id,
  sql: z.string().trim().min(1).max(20_000),
  form: queryFormSchema.optional(),
  /** Differential privacy only: how precisely to ask; unknown words are the usual precision. */
  precision: z.string().max(20).optional(),
  /** What the question is called; empty: named after what it shows. */
  title: queryTitle.default(''),
})

/** Gives a question another name. */
export const renameQuerySchema = z.object({ title: queryTitle })

const ticked = z
  .union([z.boolean(), z.string()])
  .default(false)
  .transform((value) => value === true || value === 'on' || value === 'true' || value === 'yes')
const name = z.string().trim().min(1).max(120)

/** Keeps a question under a name. */
export const saveQuerySchema = runQuerySchema.omit({ title: true }).extend({ title: name, shared: ticked })

/** Renames or shares a kept question. */
export const changeSavedSchema = z.object({ savedId: id, title: name, shared: ticked })

/** Starts a page of steps. */
export const startNotebookSchema = z.object({
  workspaceId: id,
  title: name,
  queryId: z.union([z.literal(''), id]).optional(),
})

/** Sets a result on a page; a new page needs a title. */
export const toPageSchema = z
  .object({
    notebookId: z.union([z.literal(''), id]).default(''),
    title: z.string().trim().max(120).default(''),
  })
  .refine(({ notebookId, title }) => notebookId !== '' || title !== '', {
    path: ['title'],
    message: bilingual('Bitte geben Sie der neuen Seite einen Titel.', 'Please give the new page a title.'),
  })

const step = z.object({
  /** A few paragraphs; a page is read in minutes. */
  text: z.string().trim().max(5_000).default(''),
  queryId: z.union([z.literal(''), z.null(), id]).default(null),
  shownAs: z.enum(['table', 'bars', 'line', 'map']).default('table'),
})

/** A page with all its steps; fifty are far more than anyone reads. */
export const writeNotebookSchema = z.object({
  notebookId: id,
  title: name,
  shared: ticked,
  steps: z.array(step).max(50),
})

/** The form of a page: `s0.text`, `s0.query`, `s0.as`, `s0.at` (place) per step, in the order of the places. */
export const notebookFormSchema = z.record(z.string(), z.unknown()).transform((flat, ctx) => {
  const text = (field: string) => (typeof flat[field] === 'string' ? flat[field] : '')
  const steps: { at: number; text: string; queryId: string; shownAs: string }[] = []
  for (let i = 0; i < 60 && flat[`s${i}.text`] !== undefined; i += 1) {
    const at = Number(text(`s${i}.at`))
    if (text(`s${i}.drop`)) continue
    steps.push({
      at: Number.isFinite(at) ? at : i,
      text: text(`s${i}.text`),
      queryId: text(`s${i}.query`),
      shownAs: text(`s${i}.as`) || 'table',
    })
  }
  const ordered = steps.toSorted((a, b) => a.at - b.at).map(({ at: _, ...each }) => each)
  const parsed = writeNotebookSchema
    .omit({ notebookId: true })
    .safeParse({ title: text('title'), shared: text('shared'), steps: ordered })
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues) {
    const field = path[0] === 'steps' ? `s${Number(path[1] ?? 0)}.text` : String(path[0] ?? 'title')
    ctx.addIssue({ code: 'custom', path: [field], message })
  }
  return z.NEVER
})

/** Outlines for maps as GeoJSON text. */
export const addMapSchema = z.object({
  workspaceId: id,
  title: name,
  geojson: z
    .string()
    .min(2)
    .max(3 * 1024 * 1024),
})

/** The sentence that stands in the register, so it must say something; the attached page is optional. */
const request = z.object({
  context: z.string().trim().min(20).max(1_000),
  notebookId: z.union([z.literal(''), id]).optional(),
})

/** Asks to take a result out. */
export const requestReleaseSchema = request.extend({ queryId: id })

/** Sends a request again that came back with wishes. */
export const reviseReleaseSchema = request.extend({ releaseId: id })

const decision = z.object({
  organisationId: foreignId,
  decision: z.enum(['approve', 'reject', 'changes', 'revoke']),
  reason: z.string().trim().max(1_000).default(''),
})
const reasoned = (d: { decision: string; reason: string }) =>
  d.decision === 'approve' || d.decision === 'revoke' || d.reason.length >= 10
const reasonMissing = {
  path: ['reason'],
  message: bilingual(
    'Bitte begründen Sie das in einem Satz: Bei einer Ablehnung warum, bei einem Wunsch was anders werden soll.',
    'Please give the reason in one sentence: why you reject, or what should be changed.',
  ),
}

/** The decision form. A rejection or a wish without a reason helps nobody. */
export const decisionSchema = decision.refine(reasoned, reasonMissing)

/** A holder's decision about one release. */
export const decideReleaseSchema = decision.extend({ releaseId: id }).refine(reasoned, reasonMissing)

const place = z.int().min(0).max(100_000)

/** Figures to blank: single cells of some rows, and whole columns. A released table has at most 5 000 rows. */
export const redactReleaseSchema = z.object({
  releaseId: id,
  organisationId: foreignId,
  rows: z.object({ from: place, to: place }),
  cells: z.array(z.object({ row: place, column: place })).max(10_000),
  columns: z.array(place).max(500),
})

const several = z.union([z.string(), z.array(z.string())]).optional()
const asList = (value: z.output<typeof several>) => (value === undefined ? [] : [value].flat())

/** The form with one tick per figure: `cell` is `row.column`, `column` a whole column. */
export const redactFormSchema = z
  .object({
    organisationId: foreignId,
    from: z.coerce.number().int().min(0).max(100_000),
    to: z.coerce.number().int().min(0).max(100_000),
    cell: several,
    column: several,
  })
  .transform(({ organisationId, from, to, cell, column }) => ({
    organisationId,
    rows: { from, to },
    cells: asList(cell).flatMap((text) => {
      const at = /^(\d{1,6})\.(\d{1,6})$/.exec(text)
      return at ? [{ row: Number(at[1]), column: Number(at[2]) }] : []
    }),
    columns: asList(column)
      .filter((text) => /^\d{1,6}$/.test(text))
      .map(Number),
  }))

/** Up to how many figures a holder lets leave by themselves; more nobody can have looked at. */
export const setRuleSchema = z.object({
  workspaceId: id,
  organisationId: foreignId,
  maxCells: z.coerce.number().int().min(1).max(10_000),
})

/** Ends a standing rule. */
export const endRuleSchema = setRuleSchema.omit({ maxCells: true })

/** Parsed inputs of the use cases. */
export type OpenWorkspace = z.input<typeof openWorkspaceSchema>
/** Input of `uploadTable` without the file. */
export type UploadTable = z.input<typeof uploadTableSchema>
/** Input of `confirmRoles`. */
export type ConfirmRoles = z.input<typeof confirmRolesSchema>
/** One column of `confirmRoles`, as parsed. */
export type ColumnChoice = z.output<typeof columnChoiceSchema>
/** Input of `runQuery`. */
export type RunQuery = z.input<typeof runQuerySchema>
/** Input of `requestRelease`. */
export type RequestRelease = z.input<typeof requestReleaseSchema>
/** Input of `decideRelease`. */
export type DecideRelease = z.input<typeof decideReleaseSchema>
/** Input of `reviseRelease`. */
export type ReviseRelease = z.input<typeof reviseReleaseSchema>
/** Input of `redactRelease`. */
export type RedactRelease = z.input<typeof redactReleaseSchema>
/** Input of `setRule`. */
export type SetRule = z.input<typeof setRuleSchema>
/** Input of `endRule`. */
export type EndRule = z.input<typeof endRuleSchema>
/** Input of `saveQuery`. */
export type SaveQuery = z.input<typeof saveQuerySchema>
/** Input of `changeSaved`. */
export type ChangeSaved = z.input<typeof changeSavedSchema>
/** Input of `startNotebook`. */
export type StartNotebook = z.input<typeof startNotebookSchema>
/** Input of `writeNotebook`. */
export type WriteNotebook = z.input<typeof writeNotebookSchema>
/** Input of `addMap`. */
export type AddMap = z.input<typeof addMapSchema>
