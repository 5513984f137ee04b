import type { Ctx } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import { ckanLicences } from '../ckan/names.ts'
import { policy } from '../policy.ts'
import { ActionError, notFound } from './errors.ts'
import {
  completeTags,
  listGroups,
  listTags,
  packagesOfGroup,
  searchTags,
  showGroup,
  showTag,
} from './groups.ts'
import { completeOrganizations, listOrganizations, showOrganization } from './houses.ts'
import type { Params } from './params.ts'
import { needText } from './params.ts'
import {
  completePackageNames,
  listPackageNames,
  listWholePackages,
  searchResources,
  showPackage,
  showResource,
} from './resources.ts'
import { searchPackages } from './search.ts'

type Action = { readonly help: string; readonly run: (ctx: Ctx, params: Params) => Promise<unknown> }

/** CKAN's release whose answers these actions are shaped after. */
const CKAN_VERSION = '2.10.4'

/** The read set of CKAN's action API, by name. */
export const actions: Readonly<Record<string, Action>> = {
  site_read: { help: 'True while the catalogue can be read.', run: async () => true },
  status_show: { help: 'What this site is.', run: async (ctx) => statusOf(ctx) },
  help_show: { help: 'The help of an action (name).', run: async (_ctx, params) => helpOf(params) },
  package_list: { help: 'Names of all datasets (limit, offset).', run: listPackageNames },
  package_search: {
    help: 'Search datasets (q, fq, fq_list, rows up to 1000, start, sort, facet.field, facet.limit, facet.mincount).',
    run: searchPackages,
  },
  package_show: { help: 'One dataset (id or name).', run: showPackage },
  package_autocomplete: { help: 'Datasets whose title contains q (limit).', run: completePackageNames },
  current_package_list_with_resources: {
    help: 'Whole datasets (limit up to 1000, offset or page).',
    run: listWholePackages,
  },
  resource_show: { help: 'One resource (id).', run: showResource },
  resource_search: { help: 'Resources by query=field:words (offset, limit).', run: searchResources },
  organization_list: {
    help: 'Houses with datasets (all_fields, organizations, sort, limit, offset).',
    run: listOrganizations,
  },
  organization_show: { help: 'One house (id, include_datasets).', run: showOrganization },
  organization_autocomplete: { help: 'Houses whose name contains q.', run: completeOrganizations },
  group_list: { help: 'Themes (all_fields, groups, limit, offset).', run: listGroups },
  group_show: { help: 'One theme (id, include_datasets).', run: showGroup },
  group_package_show: { help: 'The datasets of a theme (id, limit).', run: packagesOfGroup },
  tag_list: { help: 'Keywords in use (query, all_fields).', run: listTags },
  tag_show: { help: 'One keyword (id, include_datasets).', run: showTag },
  tag_search: { help: 'A page of keywords (query, offset, limit).', run: searchTags },
  tag_autocomplete: { help: 'Keywords that contain query (limit).', run: completeTags },
  license_list: { help: 'The licences of DCAT-AP.de.', run: async () => ckanLicences() },
  vocabulary_list: { help: 'Tag vocabularies: there are none.', run: async () => [] },
}

/** Runs an action for whoever asks; throws `ActionError` with CKAN's name for what is wrong. */
export async function runAction(ctx: Ctx, name: string, params: Params): Promise<unknown> {
  requirePermission(ctx, policy, 'read')
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (!action) throw new ActionError('Bad Request', `Action name not known: ${name.slice(0, 100)}`)
  return action.run(ctx, params)
}

function statusOf(ctx: Ctx) {
  const title = `Allmende ${ctx.config.town}`
  return {
    site_title: title,
    site_description:
      ctx.locale === 'en'
        ? 'What data exist, who holds them, how to get them'
        : 'Welche Daten es gibt, wer sie hält, wie man sie bekommt',
    site_url: ctx.config.url,
    ckan_version: CKAN_VERSION,
    error_emails_to: null,
    locale_default: 'de',
    extensions: ['dcat', 'dcatde'],
  }
}

function helpOf(params: Params): string {
  const name = needText(params, 'name')
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (!action) throw notFound()
  return action.help
}
