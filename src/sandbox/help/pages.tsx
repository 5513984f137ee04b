import type { App, Call } from '../../platform/http.ts'
import type { View } from '../../platform/view.ts'
import { page, Section } from '../../web/layout.tsx'
import { LinkArrow } from '../../web/parts.tsx'
import type { Refusal, RefusalCode } from '../engine/refusal.ts'
import { german } from '../engine/texts-german.ts'
import { messages as roomMessages } from '../messages.ts'
import type { RecordedRefusal } from '../queries/model.ts'
import { refusalText } from '../queries/problems.ts'
import { SqlCode } from '../queries/views.tsx'
import { messages } from './messages.ts'

/** How to ask, for everybody: each refusal with the way to ask it instead. Refusals link to their place here. */
export function helpPages(app: App): void {
  app.get('/sandbox/help', helpPage)
}

type Group = keyof (typeof messages)['de']['groups']

const patterns: readonly (readonly [Group, RegExp])[] = [
  ['limits', /^(too-many|too-long|budget|partitions|mostly|time|memory|result|vault|number|privacy|refresh)/],
  ['columns', /(table|column|star|generalised|lookup|ambiguous)/],
  ['conditions', /(condition|constant|range|value-not|join|mixed-blocks)/],
  ['writing', /^(empty|syntax|not-a-select|several|construct|function|expression|outer|not-stable)/],
]

/** Where a refusal stands on the page; what fits nowhere else is about figures. */
function groupOf(code: RefusalCode): Group {
  return patterns.find(([, pattern]) => pattern.test(code))?.[0] ?? 'figures'
}

/** A refusal as it might read: names of the demo town's tables in the place of the person's own. */
function example(code: RefusalCode): Refusal {
  return { code, construct: 'PIVOT', column: 'strasse', table: 'kinder', limit: 50, instead: ['stadtteil'] }
}

function helpPage(c: Call): Promise<Response> | Response {
  const view = c.get('view')
  const t = messages[view.locale]
  const codes = Object.keys(german) as RefusalCode[]
  const own = ['no-tables', 'interrupted', 'agreement-ended'] as const
  return page(
    c,
    {
      title: t.title,
      room: 'sandbox',
      heading: 'x-large',
      lead: t.lead,
      crumbs: [{ label: roomMessages[view.locale].title, href: '/sandbox' }, { label: t.title }],
    },
    <div class="al-stack--l">
      <Recipes view={view} />
      <p class="al-w-prose">{t.guide}</p>
      {(Object.keys(t.groups) as Group[]).map((group) => (
        <Section title={t.groups[group]} id={`g-${group}`} plain>
          <div class="al-stack">
            {codes
              .filter((code) => groupOf(code) === group)
              .map((code) => (
                <HelpItem view={view} refusal={example(code)} />
              ))}
            {group === 'limits' ? own.map((code) => <HelpItem view={view} refusal={{ code }} />) : null}
          </div>
        </Section>
      ))}
      <LinkArrow href={view.href('/sandbox')}>{t.sandbox}</LinkArrow>
    </div>,
  )
}

function Recipes({ view }: { view: View }) {
  const t = messages[view.locale]
  return (
    <Section title={t.ways} plain>
      <div class="al-grid al-grid--2">
        {t.recipes.map((recipe) => (
          <div>
            <h3 class="kern-heading-small">{recipe.want}</h3>
            <SqlCode view={view} sql={recipe.sql} label={recipe.want} />
          </div>
        ))}
      </div>
    </Section>
  )
}

function HelpItem({ view, refusal }: { view: View; refusal: RecordedRefusal }) {
  const text = refusalText(refusal, view.locale)
  return (
    <div id={refusal.code}>
      <h3 class="kern-heading-small">{text.title}</h3>
      <p>{text.detail}</p>
      {text.instead ? (
        <p>
          <b>{messages[view.locale].instead}</b> {text.instead}
        </p>
      ) : null}
    </div>
  )
}
