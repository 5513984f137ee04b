import type { Child } from 'hono/jsx'
import type { View } from '../../platform/view.ts'
import { Card, Chip, LinkArrow, Meta } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { Clause } from '../../web/text-parts.tsx'
import { Section } from '../../web/layout.tsx'
import { messages } from '../messages.ts'
import type { Terms } from '../model.ts'
import type { Charter } from './clauses.ts'
import { diffWords, type DiffPart } from './diff.ts'
import { enforcementOf, type EnforcementKind } from './enforcement.ts'
import type { ReadableClause } from './text.ts'

/** A text with what was added and removed since another one. */
function Changes({ before, after }: { before: string | undefined; after: string }) {
  if (before === undefined || before === after) return <>{after}</>
  return (
    <>
      {diffWords(before, after).map((part) => (
        <ChangedPart part={part} />
      ))}
    </>
  )
}

// White space at the edge of a change stays uncoloured.
function ChangedPart({ part }: { part: DiffPart }) {
  if (part.kind === 'same') return <>{part.text}</>
  const [, lead = '', words = '', tail = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(part.text) ?? []
  return (
    <>
      {lead}
      {part.kind === 'ins' ? <ins>{words}</ins> : <del>{words}</del>}
      {tail}
    </>
  )
}

/** The colours of a comparison, in words. */
export function DiffLegend({ view }: { view: View }) {
  const t = messages[view.locale]
  return (
    <p class="al-legend">
      <span>
        <ins>{t.inserted}</ins>
      </span>
      <span>
        <del>{t.deleted}</del>
      </span>
    </p>
  )
}

/** A clause beside its earlier self: „Gemeint ist“, „Rechtlich gilt“, chip where something changed. */
export function ClauseView(props: {
  view: View
  clause: ReadableClause
  before?: ReadableClause | undefined
  foot?: Child
}) {
  const { view, clause, before, foot } = props
  const t = messages[view.locale]
  const changed = before !== undefined && (before.plain !== clause.plain || before.legal !== clause.legal)
  const lang = clause.lang === view.locale ? undefined : clause.lang
  return (
    <Clause
      view={view}
      id={`klausel-${clause.key}`}
      title={
        <>
          {`§ ${clause.number} ${clause.title}`}
          {changed ? (
            <Chip tone="ask" icon="pen">
              {t.changed}
            </Chip>
          ) : clause.changed ? (
            <Chip tone="plain">{t.ownWording}</Chip>
          ) : null}
        </>
      }
      means={
        <>
          <span lang={lang}>
            <Changes before={before?.plain} after={clause.plain} />
          </span>
          {lang ? <span class="al-small al-muted al-block">{t.germanOnly}</span> : null}
        </>
      }
      law={
        <span lang={lang}>
          <Changes before={before?.legal} after={clause.legal} />
        </span>
      }
      foot={foot}
    />
  )
}

const kindIcons = { technical: 'gear', evidence: 'file', promise: 'people' } as const
const kindTones = { technical: 'sandbox', evidence: 'accent', promise: 'plain' } as const

/** Which rule rests on technology, on evidence, or on somebody's word. */
export function EnforcementTable({ view, terms }: { view: View; terms: Terms }) {
  const t = messages[view.locale]
  const chip = (kind: EnforcementKind) => (
    <Chip tone={kindTones[kind]} icon={kindIcons[kind]}>
      {t.kinds[kind]}
    </Chip>
  )
  return (
    <DataTable
      view={view}
      caption={t.enforcement}
      quietCaption
      stack
      rows={enforcementOf(terms, view.locale)}
      columns={[
        { label: t.rule, header: true, cell: (row) => row.rule },
        { label: t.kind, cell: (row) => chip(row.kind) },
        { label: t.how, cell: (row) => row.how },
      ]}
    />
  )
}

/** The charter: its clauses with placeholders, and what becomes of them for machines. */
export function CharterView({ view, charter }: { view: View; charter: Charter }) {
  const t = messages[view.locale]
  const lang = view.locale
  return (
    <>
      <Meta
        items={[
          {
            icon: 'file',
            text: t.charterVersion({ version: charter.version, since: view.date(charter.since) }),
          },
        ]}
      />
      <Section title={t.terms} lead={t.termsLead} plain>
        {charter.clauses.map((clause, index) => (
          <Clause
            view={view}
            id={`klausel-${clause.key}`}
            title={`§ ${index + 1} ${clause.title[lang]}`}
            means={clause.text.plain[lang]}
            law={clause.text.legal[lang]}
          />
        ))}
      </Section>
      <Card title={t.charterMachine} sunk>
        <p class="al-small">{t.charterMachineText}</p>
        <LinkArrow href={view.href('/cooperation')}>{t.agreements}</LinkArrow>
      </Card>
    </>
  )
}
