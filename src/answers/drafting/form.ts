import { z } from 'zod'
import { bilingual } from '../../platform/form-errors.ts'
import { licenceKeys, lines, type AnswerDraft, type Fact } from '../model.ts'
import { drafting } from './messages.ts'

const id = z.string().trim().min(1).max(64)
const ids = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(id).min(1).max(20),
)
const text = (max: number) => z.string().trim().max(max).default('')
const both = (key: 'factsBroken' | 'figureIncomplete' | 'mapIncomplete') =>
  bilingual(drafting.de[key], drafting.en[key])

/** A column as the form names it: release and column, parted by the first colon. */
const column = z.string().max(300).default('')

/** The form of an answer, field by field; limits as in `draftContent`. */
export const answerForm = z
  .object({
    title: z.string().trim().min(10).max(160),
    lead: text(400),
    finding: z.string().trim().min(20).max(10_000),
    method: text(10_000),
    limits: text(10_000).transform((value) => lines(value).slice(0, 20)),
    facts: text(1000)
      .refine((value) => factsOf(value) !== undefined, { message: both('factsBroken') })
      .transform((value) => factsOf(value) ?? []),
    releaseIds: ids,
    chartTitle: text(160),
    chartNote: text(300),
    chartLabel: column,
    chartValue: column,
    mapEntry: text(64),
    mapTitle: text(160),
    mapNote: text(300),
    mapLabel: column,
    mapValue: column,
    licence: z.enum(licenceKeys).default('cc-by-4.0'),
  })
  .refine(
    (input) =>
      input.chartValue === '' ||
      figureOf(input.chartTitle, input.chartNote, input.chartLabel, input.chartValue) !== undefined,
    {
      path: ['chartValue'],
      message: both('figureIncomplete'),
    },
  )
  .refine(
    (input) =>
      input.mapEntry === '' ||
      figureOf(input.mapTitle, input.mapNote, input.mapLabel, input.mapValue) !== undefined,
    {
      path: ['mapEntry'],
      message: both('mapIncomplete'),
    },
  )
/** A filled-in {@link answerForm}. */
export type AnswerForm = z.output<typeof answerForm>

/** The draft that a filled-in form describes; `publisherId` stays as it was. */
export function draftOf(form: AnswerForm, publisherId: string | null): AnswerDraft {
  const { title, lead, finding, method, limits, facts, releaseIds, licence } = form
  const map = figureOf(form.mapTitle, form.mapNote, form.mapLabel, form.mapValue)
  const chart = figureOf(form.chartTitle, form.chartNote, form.chartLabel, form.chartValue)
  const words = { title, lead, finding, method, limits, facts, releaseIds, licence, publisherId }
  return {
    ...words,
    chart: chart ?? null,
    map: form.mapEntry && map ? { ...map, entryId: form.mapEntry } : null,
  }
}

/** A draft as the form's values. */
export function valuesOf(draft: AnswerDraft): Record<string, string | string[]> {
  const { chart, map } = draft
  const figures = {
    ...(chart
      ? {
          chartTitle: chart.title,
          chartNote: chart.note,
          chartLabel: columnKey(chart.releaseId, chart.label),
          chartValue: columnKey(chart.releaseId, chart.value),
        }
      : {}),
    ...(map
      ? {
          mapEntry: map.entryId,
          mapTitle: map.title,
          mapNote: map.note,
          mapLabel: columnKey(map.releaseId, map.label),
          mapValue: columnKey(map.releaseId, map.value),
        }
      : {}),
  }
  const { title, lead, finding, method, releaseIds, licence } = draft
  const facts = draft.facts.map((fact) => `${fact.value} | ${fact.label}`).join('\n')
  return {
    title,
    lead,
    finding,
    method,
    releaseIds,
    licence,
    limits: draft.limits.join('\n'),
    facts,
    ...figures,
  }
}

/** How the form names a column. */
export function columnKey(releaseId: string, name: string): string {
  return `${releaseId}:${name}`
}

function figureOf(title: string, note: string, label: string, value: string) {
  const [labelRelease, labelName] = splitKey(label)
  const [valueRelease, valueName] = splitKey(value)
  if (title.length < 3 || !labelName || !valueName || labelRelease !== valueRelease) return undefined
  return { title, note, releaseId: valueRelease, label: labelName, value: valueName }
}

function splitKey(key: string): [string, string] {
  const at = key.indexOf(':')
  return at < 0 ? ['', ''] : [key.slice(0, at), key.slice(at + 1)]
}

function factsOf(text: string): Fact[] | undefined {
  const found = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => /^([^|]{1,30})\|(.{3,160})$/.exec(line.trim()))
  if (found.length > 4) return undefined
  const facts = found.map((match) =>
    match ? { value: match[1]?.trim() ?? '', label: match[2]?.trim() ?? '' } : undefined,
  )
  return facts.every((fact) => fact !== undefined && fact.value !== '' && fact.label.length >= 3)
    ? (facts as Fact[])
    : undefined
}
