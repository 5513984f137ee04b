import type { SiteLink, View } from '../platform/view.ts'
import { Icon, Mark } from './icons.tsx'
import { messages } from './messages.ts'

/** The address of the same page in a language. */
export function languagePath(view: View, locale: 'de' | 'en'): string {
  if (locale === 'de') return view.path
  return view.path === '/' ? '/en' : `/en${view.path}`
}

/** Top line, name and navigation of every page; the menu is a `details`, no script. */
export function Header({ view, room }: { view: View; room?: string | undefined }) {
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
          <Menu view={view} room={room} />
        </div>
      </div>
    </header>
  )
}

function Menu({ view, room }: { view: View; room: string | undefined }) {
  const text = messages[view.locale]
  return (
    <details class="al-menu">
      <summary>
        <Icon name="menu" />
        {text.menu}
      </summary>
      <nav aria-label={text.menuNav}>
        <NavList view={view} links={view.site.nav} room={room} />
      </nav>
    </details>
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

/** The foot of every page with its columns and legal links. */
export function Footer({ view }: { view: View }) {
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
        <FooterColumns view={view} />
      </div>
      <div class="al-footer__legal">
        <div class="al-wrap">
          <FooterLinks view={view} links={site.legal} />
        </div>
      </div>
    </footer>
  )
}

function FooterColumns({ view }: { view: View }) {
  return (
    <>
      {view.site.columns.map((column) => (
        <div>
          <h2>{column.title}</h2>
          <FooterLinks view={view} links={column.links} />
        </div>
      ))}
    </>
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
