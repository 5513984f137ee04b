import type { View } from '../../platform/view.ts'
import type { Json } from '../../platform/canonical.ts'
import { Card, LinkArrow } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { messages } from './messages.ts'
import type { Change, Entry, EntryVersion } from './model.ts'

type VersionListProps = {
  view: View
  entry: Entry
  versions: readonly EntryVersion[]
}

/** All versions, newest first, each with what changed from the one before. */
export function VersionList({ view, entry, versions }: VersionListProps) {
  const text = messages[view.locale]
  const ways: Readonly<Record<string, string>> = text.ways
  return (
    <div class="al-stack--l">
      {versions.map((version) => (
        <Card title={text.versionHead({ n: version.version })} id={`v${version.version}`}>
          <p class="al-small al-muted">
            {view.dateTime(version.at)} · {ways[version.way] ?? version.way}
          </p>
          {version.version === 1 ? (
            <p>{text.first}</p>
          ) : (
            <ChangeTable view={view} changes={version.changes} />
          )}
        </Card>
      ))}
      <LinkArrow href={view.href(`/catalogue/datasets/${entry.id}`)}>{text.back}</LinkArrow>
    </div>
  )
}

/** What changed, field by field, before and after. */
export function ChangeTable({ view, changes }: { view: View; changes: readonly Change[] }) {
  const text = messages[view.locale]
  const fields: Readonly<Record<string, string>> = text.fields
  if (changes.length === 0) return <p class="al-muted">{text.noChanges}</p>
  return (
    <DataTable
      view={view}
      stack
      quietCaption
      caption={text.versionsTitle}
      rows={changes}
      columns={[
        { label: text.whatChanged, header: true, cell: (change) => fields[change.field] ?? change.field },
        { label: text.before, cell: (change) => <del>{inWords(change.before) || text.nothing}</del> },
        { label: text.after, cell: (change) => <ins>{inWords(change.after) || text.nothing}</ins> },
      ]}
    />
  )
}

/** A value of a record as people read it: texts and lists without brackets; empty parts are left out. */
function inWords(value: Json | undefined, depth = 0): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value !== 'object') return String(value).slice(0, 600)
  if (depth > 4) return '…'
  if (Array.isArray(value))
    return value
      .map((item) => inWords(item as Json, depth + 1))
      .filter(Boolean)
      .join('; ')
  const parts = Object.entries(value as Record<string, Json>).map(([name, part]) => {
    const text = part === false ? '' : inWords(part, depth + 1)
    return text && depth > 0 && Object.keys(value).length > 3 ? `${name}: ${text}` : text
  })
  return parts.filter(Boolean).join(', ')
}
