import type { Ctx } from '../../platform/context.ts'
import { counted } from '../../platform/i18n.ts'
import type { DeskTask } from '../../platform/panel.ts'
import { may } from '../../platform/permission.ts'
import { listDuplicates } from '../duplicates/service.ts'
import { countWaiting } from '../gone/service.ts'
import { policy } from '../policy.ts'
import { listSetAside } from '../quarantine/service.ts'

const PATH = '/catalogue/sources'

/** What runs have left for people: records set aside, doubles found, entries gone. One task, leading to the only one there is, else to all. */
export async function sourceTasks(ctx: Ctx): Promise<DeskTask[]> {
  if (!may(ctx.actor, policy, 'manageSources')) return []
  const aside = (await listSetAside(ctx, {})).open
  const doubles = may(ctx.actor, policy, 'decideDuplicates')
    ? (await listDuplicates(ctx, { state: 'open' })).counts.open
    : 0
  const gone = await countWaiting(ctx)
  const parts = partsOf({ aside, doubles, gone }).filter((part) => part.n > 0)
  return parts.length === 0 ? [] : [taskOf(parts)]
}

function partsOf({ aside, doubles, gone }: { aside: number; doubles: number; gone: number }) {
  return [
    {
      n: aside,
      href: '/catalogue/quarantine',
      de: counted(aside, 'zurückgestellter Datensatz', 'zurückgestellte Datensätze'),
      en: `${counted(aside, 'dataset', 'datasets')} set aside`,
    },
    {
      n: doubles,
      href: '/catalogue/duplicates',
      de: counted(doubles, 'doppelter Eintrag', 'doppelte Einträge'),
      en: counted(doubles, 'double entry', 'double entries'),
    },
    {
      n: gone,
      href: '/catalogue/gone',
      de: counted(gone, 'verschwundener Eintrag', 'verschwundene Einträge'),
      en: `${counted(gone, 'entry', 'entries')} gone`,
    },
  ]
}

function taskOf(parts: readonly { href: string; de: string; en: string }[]): DeskTask {
  return {
    id: 'sources',
    kind: 'do',
    title: { de: 'Quellen aufräumen', en: 'Tidy up the sources' },
    text: {
      de: `Aus Abrufen wartet: ${parts.map((part) => part.de).join(', ')}.`,
      en: `Runs have left: ${parts.map((part) => part.en).join(', ')}.`,
    },
    href: parts.length === 1 ? parts[0]!.href : PATH,
    action: { de: 'Ansehen', en: 'Look' },
  }
}
