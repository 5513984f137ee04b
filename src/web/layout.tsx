import type { Child, PropsWithChildren } from 'hono/jsx'
import type { SiteLink, View } from '../platform/view.ts'
import { Icon, Mark } from './icons.tsx'
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
  const view = c.get('view')
  const html = await (
    <Document view={view} options={options} nonce={c.get('secureHeadersNonce')} children={children} />
  ).toString()
  return c.html(`<!doctype html>${html}`, status)
}

function Document(props: { view: View; options: PageOptions; nonce: string | undefined; children: Child }) {
  const { view, options, children } = props
  const { site, town } = view
  return (
    <html lang={view.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${options.title} – ${site.name} ${town.name}`}</title>
        {options.description ? <meta name="description" content={options.description} /> : null}
        {options.robots ? <meta name="robots" content={options.robots} /> : null}
        <link rel="icon" href={view.assets('mark.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={view.assets('site.css')} />
        {/* The editor writes its own styles; they need the nonce of this answer. */}
        {options.islands?.includes('editor') ? <meta name="csp-nonce" content={props.nonce ?? ''} /> : null}
        <Alternates view={view} />
        {(options.islands ?? []).map((name) => (
          <Island name={name} view={view} />
        ))}
      </head>
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

function languagePath(view: View, locale: 'de' | 'en'): string {
  if (locale === 'de') return view.path
  return view.path === '/' ? '/en' : `/en${view.path}`
}

function Header({ view, room }: { view: View; room?: string | undefined }) {
  const text = messages[view.locale]
  return (
    <header>
      <TopLine view={view} />
      <div class="al-header">
        <div class="al-wrap">
          <a class="al-brand" href={view.href('/')}>
            <Brand view={view} />
          </a>
          <nav class="al-nav" aria-label={text.mainNav}>
            <NavList view={view} links={view.site.nav} room={room} />
          </nav>
          <details class="al-menu">
            <summary>
              <Icon name="menu" />
              {text.menu}
            </summary>
            <nav aria-label={text.menuNav}>
              <NavList view={view} links={view.site.nav} room={room} />
            </nav>
          </details>
        </div>
      </div>
    </header>
  )
}

function TopLine({ view }: { view: View }) {
  const text = messages[view.locale]
  return (
    <div class="al-top">
      <div class="al-wrap">
        <span class="al-top__claim">{view.site.claim}</span>
        <nav aria-label={text.topNav}>
          <ul>
            <LanguageLink view={view} locale="de" name={text.german} />
            <LanguageLink view={view} locale="en" name={text.english} />
            {view.site.top.map((link) => (
              <li>
                <a href={view.href(link.href)}>{link.label}</a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </div>
  )
}

function LanguageLink({ view, locale, name }: { view: View; locale: 'de' | 'en'; name: string }) {
  const short = locale.toUpperCase()
  if (view.locale === locale) {
    return (
      <li>
        <span aria-current="true" title={name}>
          {short}
        </span>
      </li>
    )
  }
  return (
    <li>
      <a
        href={languagePath(view, locale)}
        lang={locale}
        hreflang={locale}
        title={messages[view.locale].otherLanguage}
      >
        {short}
      </a>
    </li>
  )
}

function Brand({ view }: { view: View }) {
  return (
    <>
      <Mark />
      <span>
        <b>{view.site.name}</b>
        <span>{view.site.tagline}</span>
      </span>
    </>
  )
}

function NavList({ view, links, room }: { view: View; links: SiteLink[]; room?: string | undefined }) {
  return (
    <ul>
      {links.map((link) => (
        <li>
          <a
            href={view.href(link.href)}
            aria-current={room !== undefined && link.room === room ? 'page' : undefined}
          >
            {link.label}
          </a>
        </li>
      ))}
    </ul>
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
export function PageHead({ view, options }: { view: View; options: PageOptions }) {
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

/** A part of a page under its own heading. Full width with own padding; `plain` inside a column. */
export function Section(
  props: PropsWithChildren<{
    title: string
    id?: string
    lead?: Child
    link?: { href: string; label: string }
    soft?: boolean
    plain?: boolean
  }>,
) {
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

function Footer({ view }: { view: View }) {
  const { site } = view
  return (
    <footer class="al-footer">
      <div class="al-wrap">
        <div>
          <span class="al-brand">
            <Brand view={view} />
          </span>
          <p class="al-small al-gap-3">{site.about}</p>
        </div>
        {site.columns.map((column) => (
          <div>
            <h2>{column.title}</h2>
            <FooterLinks view={view} links={column.links} />
          </div>
        ))}
      </div>
      <div class="al-footer__legal">
        <div class="al-wrap">
          <FooterLinks view={view} links={site.legal} />
        </div>
      </div>
    </footer>
  )
}

function FooterLinks({ view, links }: { view: View; links: SiteLink[] }) {
  return (
    <ul>
      {links.map((link) => (
        <li>
          <a href={view.href(link.href)}>{link.label}</a>
        </li>
      ))}
    </ul>
  )
}
