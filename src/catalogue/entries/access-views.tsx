import type { Child } from 'hono/jsx'
import type { View } from '../../platform/view.ts'
import { Card, Pairs } from '../../web/parts.tsx'
import { words } from '../messages.ts'
import { textIn } from '../model.ts'
import { licenceOf } from '../dcat/licences.ts'
import { messages as previews } from '../previews/messages.ts'
import { canPreview } from '../previews/service.ts'
import { messages } from './messages.ts'
import { serviceTexts } from './service-texts.ts'
import type { Entry } from './model.ts'

/** Why data are not open: grounds, the holder's words, the law behind it. */
export function WhyNotOpen({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  if (entry.access === 'open') return null
  const access = entry.record.access
  const note = textIn(access.note, view.locale)
  const law = textIn(entry.record.legalBasis, view.locale)
  return (
    <Card title={text.why}>
      {note ? <p class="al-small">{note}</p> : null}
      {access.reasons.length > 0 ? (
        <ul class="al-list al-small">
          {access.reasons.map((letter) => (
            <li>
              {words[view.locale].reasons[letter]}{' '}
              <span class="al-muted">({words[view.locale].inspire({ letter })})</span>
            </li>
          ))}
        </ul>
      ) : null}
      {law ? <p class="al-small al-muted">{law}</p> : null}
      {!note && access.reasons.length === 0 && !law ? (
        <p class="al-small al-muted">{text.whyUnknown}</p>
      ) : null}
    </Card>
  )
}

/** The green box: how to get at the data or at answers. */
export function HowToGet({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  return (
    <section class="al-decide" aria-labelledby="zugang">
      <h2 class="kern-heading-medium" id="zugang">
        {text.get[entry.access]}
      </h2>
      {entry.access === 'open' ? (
        <Downloads view={view} entry={entry} />
      ) : (
        <>
          {entry.access === 'closed' ? (
            <p>{text.closedText}</p>
          ) : (
            <ol class="al-list">
              {text.steps[entry.access].map((step) => (
                <li>{step}</li>
              ))}
            </ol>
          )}
          <a class="kern-btn kern-btn--primary" href={view.href('/questions/new')}>
            <span class="kern-label">{text.ask}</span>
          </a>
        </>
      )}
    </section>
  )
}

function Downloads({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  const links = entry.record.distributions.flatMap((each, position) => {
    const href = safeHref(each.downloadUrl ?? each.accessUrl)
    return href ? [{ href, each, position }] : []
  })
  const first = links[0]
  if (!first) return <WithoutFile view={view} entry={entry} />
  const label = (each: (typeof links)[number]['each']) =>
    each.format ?? (textIn(each.title, view.locale) || text.look)
  return (
    <>
      <p>{text.openText}</p>
      <a class="kern-btn kern-btn--primary" href={first.href} rel="nofollow">
        <span class="kern-label">
          {first.each.downloadUrl
            ? text.download({ what: label(first.each) })
            : text.toData({ what: label(first.each) })}
        </span>
      </a>
      <p class="al-small">
        <FileLook view={view} entry={entry} position={first.position} />
      </p>
      {links.length > 1 ? (
        <ul class="al-list al-small">
          {links.slice(1, 12).map(({ href, each, position }) => (
            <li>
              <a href={href} rel="nofollow">
                {textIn(each.title, view.locale) || label(each)}
              </a>
              {each.byteSize ? ` (${view.bytes(each.byteSize)})` : ''}{' '}
              <FileLook view={view} entry={entry} position={position} />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

// A service has no file, but programs ask it; its own description says how.
function WithoutFile({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  const words = serviceTexts[view.locale]
  const { service } = entry.record
  const href = safeHref(service?.descriptions[0] ?? service?.endpoints[0] ?? null)
  if (!href) return <p>{text.openNoFile}</p>
  return (
    <>
      <p>{words.get}</p>
      <a class="kern-btn kern-btn--primary" href={href} rel="nofollow">
        <span class="kern-label">{words.look}</span>
      </a>
    </>
  )
}

/** The link to a look into a file, where its form can be shown. */
function FileLook({ view, entry, position }: { view: View; entry: Entry; position: number }) {
  const file = entry.record.distributions[position]
  if (!file || !canPreview(entry, file)) return null
  return (
    <a href={view.href(`/catalogue/datasets/${entry.id}/preview/${position}`)} rel="nofollow">
      {previews[view.locale].link}
    </a>
  )
}

/** Foreign addresses become links only when they are plain web addresses. */
export function safeHref(address: string | null): string | undefined {
  return address && /^https?:\/\//i.test(address) && URL.canParse(address) ? address : undefined
}

/** Whose the data are, whom to ask, when they last changed, where they come from. */
export function Care({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  const contact = entry.record.contacts[0]
  const email = contact?.email && /^[^\s@<>"]+@[^\s@<>"]+$/.test(contact.email) ? contact.email : undefined
  const web = safeHref(contact?.url ?? null)
  const landing = safeHref(entry.record.landingPages[0] ?? null)
  const licence = safeHref(entry.licence)
  const items: { term: Child; value: Child }[] = [
    {
      term: text.holder,
      value: entry.sourceId ? (
        entry.holderName
      ) : (
        <a href={view.href(`/catalogue/holders/${entry.organisationId}`)}>{entry.holderName}</a>
      ),
    },
    {
      term: text.contact,
      value: email ? (
        <a href={`mailto:${email}`}>{email}</a>
      ) : web ? (
        <a href={web}>{contact?.name ?? web}</a>
      ) : (
        (contact?.name ?? '')
      ),
    },
    { term: text.licence, value: licence ? <a href={licence}>{licenceName(licence)}</a> : '' },
    {
      term: text.changed,
      value: (
        <>
          {text.version({ n: String(entry.version), when: view.date(entry.modifiedAt) })}{' '}
          <a href={view.href(`/catalogue/datasets/${entry.id}/versions`)}>{text.whatChanged}</a>
        </>
      ),
    },
    { term: text.origin, value: entry.sourceId ? text.fromCatalogue : '' },
    { term: text.landing, value: landing ? <a href={landing}>{landingName(landing)}</a> : '' },
  ]
  return (
    <Card sunk title={text.care}>
      <div class="al-small">
        <Pairs items={items} />
      </div>
    </Card>
  )
}

/** Where a landing page is: the host, with the path where that is short enough to read. */
function landingName(address: string): string {
  const { host, pathname } = new URL(address)
  return pathname.length > 1 && pathname.length < 30 ? host + pathname : host
}

/** The name of a licence of the official list, else the last words of its address: "by/4.0". */
function licenceName(address: string): string {
  const known = licenceOf(address)
  if (known) return known.name
  const parts = new URL(address).pathname.split('/').filter(Boolean)
  return parts.slice(-2).join('/') || address
}
