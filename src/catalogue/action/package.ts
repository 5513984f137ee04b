import type { Ctx } from '../../platform/context.ts'
import type { CkanPackage } from '../ckan/package.ts'
import { writeCkanPackage } from '../ckan/write.ts'
import { organisationNames } from './names.ts'
import type { PackageRow } from './store.ts'

/** Public entries as CKAN packages, in their order. */
export function packagesOf(ctx: Ctx, rows: readonly PackageRow[]): CkanPackage[] {
  return rows.map((row) =>
    writeCkanPackage(row.record, {
      id: row.id,
      url: `${ctx.config.url}/catalogue/datasets/${row.id}`,
      created: row.createdAt,
      modified: row.modifiedAt,
      organization: organisationNames(row.holderName),
      locale: ctx.locale,
    }),
  )
}
