import type { Actor } from '../../platform/context.ts'
import type { Locale } from '../../platform/i18n.ts'
import type { Site, SiteLink, Town } from '../../platform/view.ts'
import { messages } from './messages.ts'

/** The frame of every page: name, navigation by room, account, footer. Depends on language, reader and town only. */
export function siteOf(locale: Locale, actor: Actor, town: Town): Site {
  const text = messages[locale]
  return {
    name: 'Allmende',
    tagline: text.tagline({ town: town.name }),
    claim: town.claim ?? text.claim({ town: town.name }),
    about: text.about({ operator: town.operator ?? town.name }),
    nav: [
      { href: '/questions', label: text.questions, room: 'questions' },
      { href: '/catalogue', label: text.data, room: 'catalogue' },
      { href: '/cooperation', label: text.cooperation, room: 'cooperation' },
      { href: '/sandbox', label: text.sandbox, room: 'sandbox' },
      { href: '/answers', label: text.answers, room: 'answers' },
      { href: '/transparency', label: text.transparency, room: 'transparency' },
    ],
    top: topLinks(locale, actor),
    columns: columns(locale),
    legal: [
      { href: '/imprint', label: text.imprint },
      { href: '/privacy', label: text.privacy },
      { href: '/accessibility', label: text.accessibility },
      { href: '/imprint#licence', label: text.licence },
    ],
  }
}

function topLinks(locale: Locale, actor: Actor): SiteLink[] {
  const text = messages[locale]
  const search = { href: '/search', label: text.search }
  if (actor.kind !== 'person') return [search, { href: '/identity/sign-in', label: text.signIn }]
  return [search, { href: '/desk', label: text.desk }, { href: '/identity/account', label: text.account }]
}

function columns(locale: Locale): Site['columns'] {
  const text = messages[locale]
  return [
    {
      title: text.takePart,
      links: [
        { href: '/questions/new', label: text.ask },
        { href: '/questions', label: text.allQuestions },
        { href: '/catalogue', label: text.offer },
      ],
    },
    {
      title: text.understand,
      links: [
        { href: '/about', label: text.way },
        { href: '/about/protection', label: text.protection },
        { href: '/transparency', label: text.register },
      ],
    },
    {
      title: text.help,
      links: [
        { href: '/search', label: text.find },
        { href: '/imprint#contact', label: text.contact },
        { href: '/api', label: text.interfaces },
      ],
    },
  ]
}
