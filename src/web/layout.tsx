import { html } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { View } from '../platform/view.ts'
import { Footer, Header, languagePath } from './frame.tsx'
import { messages } from './messages.ts'
import { LinkArrow } from './parts.tsx'

/** One step of the breadcrumbs; the last one, the page itself, has no address. */
export interface Crumb {
  label: string
  href?: string
}

/** All that can be said about a page. `bare` leaves `main` to the page, `head: false` also the heading. */
export interface PageOptions {
  title: string
  room?: string
  crumbs?: Crumb[]
  eyebrow?: Child
  lead?: Child
  meta?: Child
  under?: Child
  actions?: Child
  aside?: Child
  asideLabel?: string
  heading?: 'display' | 'x-large'
  islands?: string[]
  /** False leaves the fields out of the band: long titles, steps below. */
  plots?: boolean
  robots?: string
  /** Seconds after which the page loads anew where no script can bring it up to date; pair it with `data-live`. */
  refresh?: number
  description?: string
  bare?: boolean
  head?: boolean
}

/** What `page` needs of a request: its view and a way to answer HTML. */
export interface PageContext {
  get: {
    (key: 'view'): View
    (key: 'secureHeadersNonce'): string | undefined
  }
  html: (html: string, status?: PageStatus) => Response | Promise<Response>
}

/** Answers a page may have. */
export type PageStatus =
  200 | 201 | 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 502 | 503

/** A whole document in the frame of the hub. */
export async function page(
  c: PageContext,
  options: PageOptions,
  children: Child,
  status: PageStatus = 200,
): Promise<Response> {
  const nonce = c.get('secureHeadersNonce')
  const document = <Document view={c.get('view')} options={options} nonce={nonce} children={children} />
  // Parts may be asynchronous: the text of the page is then a promise.
  return c.html(await html`<!doctype html>${document}`, status)
}

type DocumentProps = { view: View; options: PageOptions; nonce: string | undefined }

function Document(props: DocumentProps & { children: Child }) {
  const { view, options, children } = props
  return (
    <html lang={view.locale}>
      <Head view={view} options={options} nonce={props.nonce} />
      <body>
        <a class="al-skip" href="#inhalt">
          {messages[view.locale].skip}
        </a>
        <Header view={view} room={options.room} />
        <main id="inhalt" tabindex={-1}>
          <Main view={view} options={options}>
            {children}
          </Main>
        </main>
        <Footer view={view} />
      </body>
    </html>
  )
}

function Head({ view, options, nonce }: DocumentProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${options.title} – ${view.site.name} ${view.town.name}`}</title>
      {options.description ? <meta name="description" content={options.description} /> : null}
      {options.robots ? <meta name="robots" content={options.robots} /> : null}
      {options.refresh ? (
        <noscript>
          <meta http-equiv="refresh" content={String(options.refresh)} />
        </noscript>
      ) : null}
      <link rel="icon" href={view.assets('mark.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={view.assets('site.css')} />
      {/* The editor writes its own styles; they need the nonce of this answer. */}
      {options.islands?.includes('editor') ? <meta name="csp-nonce" content={nonce ?? ''} /> : null}
      <Alternates view={view} />
      {(options.islands ?? []).map((name) => (
        <Island name={name} view={view} />
      ))}
    </head>
  )
}

function Alternates({ view }: { view: View }) {
  return (
    <>
      <link rel="alternate" hreflang="de" href={languagePath(view, 'de')} />
      <link rel="alternate" hreflang="en" href={languagePath(view, 'en')} />
    </>
  )
}

function Island({ name, view }: { name: string; view: View }) {
  const css = name === 'map' ? <link rel="stylesheet" href={view.assets('map.css')} /> : null
  return (
    <>
      {css}
      <script type="module" src={view.assets(`${name}.js`)} />
    </>
  )
}

function Main(props: PropsWithChildren<{ view: View; options: PageOptions }>) {
  const { view, options, children } = props
  const head = options.head === false ? null : <PageHead view={view} options={options} />
  if (options.bare || options.head === false) return wrapNothing(head, children)
  if (!options.aside) {
    return (
      <>
        {head}
        <div class="al-wrap al-section--tight al-body">{children}</div>
      </>
    )
  }
  return (
    <>
      {head}
      <div class="al-wrap al-split al-section--tight al-body">
        <div class="al-stack--l">{children}</div>
        <aside class="al-aside al-stack" aria-label={options.asideLabel ?? options.title}>
          {options.aside}
        </aside>
      </div>
    </>
  )
}

function wrapNothing(head: Child, children: Child) {
  return (
    <>
      {head}
      {children}
    </>
  )
}

// A longer heading runs into the fields on the right.
const LONG_TITLE = 36

/** The band at the top of a page: crumbs, heading, one sentence, facts. `page` draws it; use it alone with `head: false`. */
function PageHead({ view, options }: { view: View; options: PageOptions }) {
  const size = options.heading ?? (options.title.length > LONG_TITLE * 2 ? 'x-large' : 'display')
  return (
    <div class="al-pagehead al-pagehead--band">
      {(options.plots ?? (!options.under && options.title.length <= LONG_TITLE)) ? (
        <div class="al-plots" aria-hidden="true" />
      ) : null}
      <div class="al-wrap">
        {options.crumbs ? <Crumbs view={view} crumbs={options.crumbs} /> : null}
        <div class={options.crumbs ? 'al-gap-4' : 'al-gap-5'}>
          {options.eyebrow ? <p class="al-eyebrow">{options.eyebrow}</p> : null}
          <h1 class={`kern-heading-${size}`}>{options.title}</h1>
          {options.lead ? <p class="al-lead">{options.lead}</p> : null}
          {options.meta}
        </div>
        {options.actions ? <div class="al-btns al-gap-4">{options.actions}</div> : null}
        {options.under ? <div class="al-gap-6">{options.under}</div> : null}
      </div>
    </div>
  )
}

/** The way back: home first, the page itself last and without link. */
export function Crumbs({ view, crumbs }: { view: View; crumbs: Crumb[] }) {
  const text = messages[view.locale]
  const all: Crumb[] = [{ label: text.home, href: '/' }, ...crumbs]
  return (
    <nav class="al-crumbs" aria-label={text.crumbs}>
      <ol>
        {all.map((crumb, index) =>
          crumb.href && index < all.length - 1 ? (
            <li>
              <a href={view.href(crumb.href)}>{crumb.label}</a>
            </li>
          ) : (
            <li aria-current="page">{crumb.label}</li>
          ),
        )}
      </ol>
    </nav>
  )
}

type SectionProps = PropsWithChildren<{
  title: string
  id?: string
  lead?: Child
  link?: { href: string; label: string }
  soft?: boolean
  plain?: boolean
}>

/** A part of a page under its own heading. Full width with own padding; `plain` inside a column. */
export function Section(props: SectionProps) {
  const id = props.id ?? `s-${props.title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`
  const inner = (
    <>
      <div class={`al-section__head${props.plain ? ' al-section__head--plain' : ''}`}>
        <div>
          <h2 class="kern-heading-large" id={id}>
            {props.title}
          </h2>
          {props.lead ? <p>{props.lead}</p> : null}
        </div>
        {props.link ? <LinkArrow href={props.link.href}>{props.link.label}</LinkArrow> : null}
      </div>
      <div class="al-stack">{props.children}</div>
    </>
  )
  if (props.plain) return <section aria-labelledby={id}>{inner}</section>
  return (
    <section class={`al-section${props.soft ? ' al-section--soft' : ''}`} aria-labelledby={id}>
      <div class="al-wrap">{inner}</div>
    </section>
  )
}
