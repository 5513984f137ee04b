import type { View } from '../../platform/view.ts'
import { Meter } from '../../web/parts.tsx'
import type { EntrySummary } from '../entries/model.ts'
import { AccessChip, KindChip, paceText, periodText } from '../views.tsx'
import { messages } from './messages.ts'
import type { Found } from './model.ts'
import type { Piece } from './snippet.ts'

/** Hits as a list; in each description what was searched for is marked. */
export function HitList({ view, found, level = 3 }: { view: View; found: Found; level?: 2 | 3 }) {
  return (
    <div class="al-gap-4">
      {found.hits.map((hit) => (
        <Hit view={view} hit={hit} pieces={found.snippets.get(hit.id)} level={level} />
      ))}
    </div>
  )
}

type HitProps = { view: View; hit: EntrySummary; pieces: readonly Piece[] | undefined; level: 2 | 3 }

function Hit({ view, hit, pieces, level }: HitProps) {
  const facts = [
    periodText(view, hit, hit.frequency !== 'NEVER'),
    paceText(view, hit.frequency),
    hit.formats.slice(0, 3).join(', '),
  ]
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <article class="al-result">
      <div>
        <div class="al-row">
          <AccessChip view={view} access={hit.access} />
          <KindChip view={view} kind={hit.kind} />
          <span class="al-muted al-small">{hit.holderName}</span>
        </div>
        <Heading class="kern-heading-medium">
          <a href={view.href(`/catalogue/datasets/${hit.id}`)}>{hit.title}</a>
        </Heading>
        <p>{pieces ? <Snippet pieces={pieces} /> : teaser(hit.summary)}</p>
        <p class="al-small al-muted al-gap-2">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <Score view={view} hit={hit} />
    </article>
  )
}

function Score({ view, hit }: { view: View; hit: EntrySummary }) {
  const text = messages[view.locale]
  return (
    <div class="al-score">
      <span>
        {text.quality} <b>{hit.quality}</b>
        <span class="kern-sr-only"> {text.of100}</span>
      </span>
      <Meter label={`${text.quality}: ${hit.quality} ${text.of100}`} parts={[hit.quality / 100]} />
      <span class="al-muted">{hit.currentTo ? text.changed({ when: view.date(hit.currentTo) }) : ''}</span>
    </div>
  )
}

function Snippet({ pieces }: { pieces: readonly Piece[] }) {
  return <>{pieces.map((piece) => (piece.mark ? <mark>{piece.text}</mark> : piece.text))}</>
}

const TEASER = 240

/** The beginning of a description, cut at a word. */
export function teaser(text: string): string {
  if (text.length <= TEASER) return text
  const cut = text.slice(0, TEASER)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), TEASER - 40))} …`
}
